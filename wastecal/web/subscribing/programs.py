"""How does one subscribe with each calendar program, and what does it make of reminders and changes?

The facts are from the makers' own help pages (Apple, Google, Microsoft) and from the sources of the others.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Program:
    """A program with the steps to take in it; `buttons` are the kinds of link that it understands."""

    code: str
    name: str | Promise
    buttons: tuple[str, ...]
    steps: tuple[Promise, ...]
    reminders: Promise
    changes: Promise


@dataclass(frozen=True, slots=True)
class Other:
    """A program for which a line will do: whoever uses it knows how to add an address to it."""

    name: str
    reminders: Promise
    changes: Promise


# The likeliest on a phone first.
PROGRAMS = (
    Program(
        code="iphone",
        name=_("iPhone or iPad"),
        buttons=("apple",),
        steps=(
            _("Press the button below on your iPhone or iPad."),
            _("The phone asks whether you want to subscribe to the calendar. Answer yes."),
            _("Press Add, or Done. The days now stand in the Calendar app."),
        ),
        reminders=_(
            "The phone takes the reminders away unless you keep them: turn off the removal of alerts "
            "when you add the calendar, or later in its settings."
        ),
        changes=_("The phone's own settings decide how often changes are fetched."),
    ),
    Program(
        code="google",
        name=_("Android phone with Google Calendar"),
        buttons=("google",),
        steps=(
            _("Do this once on a computer: the app in the phone cannot add a calendar by its address."),
            _("Press the button below and log in with the Google account that you have in the phone."),
            _("Answer yes to adding the calendar."),
            _("Open Google Calendar in the phone. If the days do not show, tick the calendar in the menu."),
        ),
        reminders=_(
            "Google pays no attention to our reminders. Add one of your own on the computer: a notification "
            "for all-day events in the calendar's settings."
        ),
        changes=_(
            "Google fetches changes every 12 to 24 hours. What is moved on the day itself may come too late."
        ),
    ),
    Program(
        code="outlook",
        name=_("Outlook"),
        buttons=("outlook", "office"),
        steps=(
            _("Press the button for your account: private at Outlook.com, or from work in Microsoft 365."),
            _("Log in, if you are asked to."),
            _("Press Import, or Save. The calendar is then also in Outlook on your phone."),
        ),
        reminders=_("Do not count on the reminders: add one of your own in Outlook."),
        changes=_("Outlook fetches changes every 3 to 24 hours."),
    ),
    Program(
        code="mac",
        name=_("Mac"),
        buttons=("apple",),
        steps=(
            _("Press the button below on your Mac. The Calendar app opens; press Subscribe."),
            _("Choose that the calendar is to be updated every day."),
            _("Press OK."),
        ),
        reminders=_("The Mac takes the reminders away unless you clear that box in the same window."),
        changes=_("As often as you choose in that window."),
    ),
)
OTHERS = (
    Other(
        "Thunderbird",
        _("Rings where reminders are turned on for the calendar."),
        _("Fetches changes as often as you have set it to."),
    ),
    Other(
        "ICSx⁵ (Android)", _("Rings at our reminders."), _("Fetches changes as often as you have set it to.")
    ),
    Other(
        "Nextcloud",
        _("Takes the reminders away."),
        _("Fetches changes every sixth hour."),
    ),
    Other("Home Assistant", _("Does not ring: make an automation."), _("Fetches changes once a day.")),
)
