"""Which page of the staff answers which URL below /personal/?"""

from django.urls import include, path

from wastecal.staff import catalogue
from wastecal.staff.accounts import views as accounts
from wastecal.staff.acts import flow
from wastecal.staff.calls.urls import urlpatterns as calls
from wastecal.staff.deviations import views as deviations
from wastecal.staff.evidence import views as evidence
from wastecal.staff.files import views as files
from wastecal.staff.history import told
from wastecal.staff.history import views as history
from wastecal.staff.holidays import views as holidays
from wastecal.staff.notices import views as notices
from wastecal.staff.places import views as places
from wastecal.staff.programs import page as programs
from wastecal.staff.proposals import views as proposals
from wastecal.staff.schedules import views as schedules
from wastecal.staff.worklist import views as worklist

_ADDRESS = "adresser/<slug_part:locality>/<slug_part:street>/<slug_part:number>/"

app_name = "staff"

urlpatterns = [
    path("", deviations.deviations, name="start"),
    *(path(act.path, flow.view(act), name=act.name) for act in catalogue.ACTS),
    path("avvikelser/", deviations.deviations, name="deviations"),
    path("avvikelser/dag/<str:day>/", deviations.day, name="day"),
    path("driftinformation/", notices.notices, name="notices"),
    path("samtal/", include(calls)),
    path("anmalningar/", worklist.worklist, name="worklist"),
    path("anmalningar/<int:number>/klar/", worklist.report_done, name="report_done"),
    path("anmalningar/<int:number>/igen/", worklist.report_reopen, name="report_reopen"),
    path("adresser/", places.listing, name="addresses"),
    path("adresser/uppehall/<int:pk>/hav/", places.lift, name="lift"),
    path(_ADDRESS, places.address, name="address"),
    path(f"{_ADDRESS}uppehall/", places.suspend, name="suspend"),
    path(f"{_ADDRESS}anteckning/", places.note, name="note"),
    path("schema/", schedules.schedules, name="schedules"),
    path("schema/zon/<zone_code:code>/", schedules.schedule, name="schedule"),
    path("underlag/", evidence.evidence, name="evidence"),
    path("underlag/gata/<slug_part:locality>/<slug_part:street>/", evidence.street, name="evidence_street"),
    path("underlag/zon/<zone_code:code>/", evidence.zone, name="evidence_zone"),
    path("underlag/fraga/", evidence.wanted, name="evidence_wanted"),
    path("underlag/avfarda/", evidence.reject, name="evidence_reject"),
    path("underlag/avfardat/<int:pk>/angra/", evidence.unreject, name="evidence_unreject"),
    path("forslag/", proposals.proposals, name="proposals"),
    path("forslag/<int:pk>/", proposals.proposal, name="proposal"),
    path("filer/", files.files, name="files"),
    path("filer/mall.<str:form>", files.template, name="template"),
    path("filer/avvikelser.<str:form>", files.in_force, name="in_force"),
    path("helger/", holidays.holidays, name="holidays"),
    path("historik/", history.history, name="history"),
    path("historik/svar/", told.told, name="told"),
    path("historik/<int:number>/", history.edit, name="edit"),
    path("historik/<int:number>/kvitto/", history.receipt, name="receipt"),
    path("program/", programs.tokens, name="tokens"),
    path("konton/", accounts.everybody, name="people"),
    path("konton/<int:pk>/", accounts.one, name="account"),
]
