"""Which URL below /personal/ lets somebody in, and sets up their second factor?

The names are django-allauth's, which leads from one to the next by them; what is not here is not open:
signing up, mail, connecting accounts.
"""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import path

from wastecal.staff.entrance import views

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/kod/", base.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("logga-in/katalog/", views.ask_directory, name="directory_login"),
    path("logga-in/katalog/svar/", views.answered_by_directory, name="directory_callback"),
    path("logga-in/katalog/avbrutet/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("avstangt/", account.account_inactive, name="account_inactive"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", base.reauthenticate, name="mfa_reauthenticate"),
    path("bekrafta/nyckel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("losenord/", views.change_password, name="account_change_password"),
    path("sakerhet/", base.index, name="mfa_index"),
    path("sakerhet/app/", views.activate_totp, name="mfa_activate_totp"),
    path("sakerhet/app/ta-bort/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("sakerhet/koder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sakerhet/koder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sakerhet/koder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sakerhet/nycklar/", views.keys, name="mfa_list_webauthn"),
    path("sakerhet/nycklar/ny/", views.add_webauthn, name="mfa_add_webauthn"),
    path("sakerhet/nycklar/<int:pk>/ta-bort/", views.remove_webauthn, name="mfa_remove_webauthn"),
]
