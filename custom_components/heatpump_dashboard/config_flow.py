"""Config flow: from a source to its heat pumps."""

from collections.abc import Mapping, Sequence
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryData,
    ConfigSubentryFlow,
    SubentryFlowContext,
    SubentryFlowResult,
)
from homeassistant.const import CONF_URL
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow

from .const import (
    BRAND_GENERIC,
    CONF_BRAND,
    CONF_BRANDS,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SERIES,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_DEMO,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
    SUBENTRY_HEAT_PUMP,
)
from .setup_flow.calibrate import CalibrationStep
from .setup_flow.connection import (
    SECRETS,
    addresses,
    connection,
    kept_secret,
    login,
    title,
    unique_id,
)
from .setup_flow.demo import demo_pump
from .setup_flow.forms import CONNECTION_SCHEMAS, demo_schema
from .setup_flow.heat_pump import PumpSteps
from .setup_flow.settings import in_force
from .sources.demo import BUCKETS
from .sources.factory import async_organization_id

# What says that the login is the reason.
_REFUSED = frozenset({"invalid_auth", "forbidden"})
# What is answered where no InfluxDB is, be it by one that is elsewhere on that server.
_NO_INFLUXDB = frozenset({"not_influxdb", "redirect"})


class HeatPumpConfigFlow(
    PumpSteps[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow, domain=DOMAIN
):
    """Set up a source together with its first heat pump."""

    def __init__(self) -> None:
        """Start without a source."""
        super().__init__()
        self.data: dict[str, Any] = {}
        # Typed in a form before the present one: it is never shown again.
        self._typed_secret: str | None = None

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the kinds of subentries: heat pumps only."""
        return {SUBENTRY_HEAT_PUMP: HeatPumpSubentryFlow}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the readings come from."""
        return self.async_show_menu(
            step_id="user",
            menu_options=[
                SOURCE_INFLUXDB,
                SOURCE_INFLUXQL,
                SOURCE_RECORDER,
                SOURCE_DEMO,
            ],
        )

    async def async_step_influxdb(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for an InfluxDB 2 and check that it lets us in."""
        return await self._async_new_connection(SOURCE_INFLUXDB, user_input)

    async def async_step_influxql(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for an InfluxDB 1 and check that it lets us in."""
        return await self._async_new_connection(SOURCE_INFLUXQL, user_input)

    async def async_step_recorder(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take Home Assistant's own recorder, which needs no address and no login."""
        await self.async_set_unique_id(SOURCE_RECORDER, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        self.data = {CONF_SOURCE: SOURCE_RECORDER}
        return await self.async_step_heat_pump()

    async def async_step_demo(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which demo heat pumps to make."""
        await self.async_set_unique_id(SOURCE_DEMO, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        await self.async_load_profiles()
        profiles = [p for p in self.profiles.values() if p.key in BUCKETS]
        errors: dict[str, str] = {}
        if user_input is not None:
            if chosen := user_input[CONF_BRANDS]:
                pumps = [demo_pump(p) for p in profiles if p.key in chosen]
                return self.async_create_entry(
                    title="Demo", data={CONF_SOURCE: SOURCE_DEMO}, subentries=pumps
                )
            errors = {CONF_BRANDS: "no_brands"}
        return self.async_show_form(
            step_id="demo", data_schema=demo_schema(profiles), errors=errors
        )

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start again with a login that is no longer accepted."""
        self.data = dict(entry_data)
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_influxql(
        self, user_input: dict[str, Any]
    ) -> ConfigFlowResult:
        """Take a new user and password."""
        return await self.async_step_reauth_confirm(user_input)

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new token, or a new user and password."""
        entry = self._get_reauth_entry()
        source = entry.data[CONF_SOURCE]
        if user_input is not None:
            self.data = {**entry.data, **login(source, user_input)}
            if await self._async_check():
                return self._update(entry)
        step_id = "reauth_influxql" if source == SOURCE_INFLUXQL else "reauth_confirm"
        self.words = {CONF_URL: self.data[CONF_URL], **self.words}
        return self._show_connection(step_id, self.data)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change how an InfluxDB is reached, and as whom."""
        entry = self._get_reconfigure_entry()
        source = entry.data[CONF_SOURCE]
        if source not in SECRETS:
            return self.async_abort(reason="nothing_to_reconfigure")
        step_id = "reconfigure_influxql" if source == SOURCE_INFLUXQL else "reconfigure"
        if user_input is None:
            return self._show_connection(step_id, entry.data)
        self._typed_secret = user_input.get(SECRETS[source]) or self._typed_secret
        secret = kept_secret(entry.data, user_input, self._typed_secret)
        if await self._async_connect(source, {**user_input, **secret}, entry):
            return self._update(entry)
        if self.errors.get("base") in _REFUSED:
            # The present one is taken again where none is typed.
            self._typed_secret = None
        return self._show_connection(step_id, user_input)

    async def async_step_reconfigure_influxql(
        self, user_input: dict[str, Any]
    ) -> ConfigFlowResult:
        """Take what is changed of an InfluxDB 1."""
        return await self.async_step_reconfigure(user_input)

    @override
    def source_data(self) -> Mapping[str, Any]:
        """Return what was entered."""
        return self.data

    @override
    def others(self) -> Sequence[ConfigSubentry]:
        """Return none: the entry is new."""
        return ()

    @override
    def stored(self) -> Mapping[str, Any]:
        """Return nothing: the heat pump is new."""
        return {}

    @override
    def finish(self) -> ConfigFlowResult:
        """Create the entry and its heat pump together."""
        pump = ConfigSubentryData(
            data=self.settings,
            subentry_type=SUBENTRY_HEAT_PUMP,
            title=self.title,
            unique_id=self.own_id(),
        )
        return self.async_create_entry(
            title=title(self.data), data=self.data, subentries=[pump]
        )

    async def _async_new_connection(
        self, source: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Ask for a source and check that it lets us in."""
        if user_input is not None and await self._async_connect(source, user_input):
            return await self.async_step_heat_pump()
        return self._show_connection(source, user_input)

    def _show_connection(
        self, step_id: str, values: Mapping[str, Any] | None
    ) -> ConfigFlowResult:
        """Show a form with these values; a secret is not sent to the browser again."""
        secrets = SECRETS.values()
        shown = {k: v for k, v in (values or {}).items() if k not in secrets}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                CONNECTION_SCHEMAS[step_id], shown
            ),
            errors=self.errors,
            description_placeholders=self.words,
        )

    async def _async_connect(
        self, source: str, typed: Mapping[str, Any], but: ConfigEntry | None = None
    ) -> bool:
        """Return whether what was typed lets us in; if not, the form says why.

        Aborts where another entry than `but` has the same source.
        """
        self.errors = {CONF_URL: "invalid_url"}
        for address in addresses(typed[CONF_URL]):
            before = {} if but is None else but.data
            self.data = {**before, **connection(source, typed, address)}
            self._abort_if_known(unique_id(self.data), but)
            if await self._async_check():
                await self._async_identify(but)
                return True
            if self.errors.get("base") not in _NO_INFLUXDB:
                break
        return False

    async def _async_identify(self, but: ConfigEntry | None) -> None:
        """Tell the source by its organisation's ID, however it is given.

        An entry that keeps its source keeps what it is told by.
        """
        typed = unique_id(self.data)
        if but is not None and typed == unique_id(but.data):
            await self.async_set_unique_id(but.unique_id, raise_on_progress=False)
            return
        if self.data[CONF_SOURCE] != SOURCE_INFLUXDB:
            await self.async_set_unique_id(typed, raise_on_progress=False)
            return
        known = await async_organization_id(self.hass, self.data)
        await self.async_set_unique_id(
            unique_id(self.data, known), raise_on_progress=False
        )
        self._abort_if_known(self.unique_id, but)
        for entry in self._others(but):
            # Made by an earlier version, with a name where an ID is given now.
            organization = entry.data.get(CONF_ORGANIZATION, "")
            named = {**self.data, CONF_ORGANIZATION: organization}
            if (
                known is not None
                and unique_id(named) == unique_id(entry.data)
                and await async_organization_id(self.hass, named) == known
            ):
                raise AbortFlow("already_configured")

    def _abort_if_known(self, wanted: str | None, but: ConfigEntry | None) -> None:
        """Abort if another entry has the same source, however its address is spelled."""
        for entry in self._others(but):
            if wanted in (entry.unique_id, unique_id(entry.data)):
                raise AbortFlow("already_configured")

    def _others(self, but: ConfigEntry | None) -> list[ConfigEntry]:
        """Return all entries but one."""
        entries = self._async_current_entries(include_ignore=True)
        return [entry for entry in entries if entry is not but]

    async def _async_check(self) -> bool:
        """Return whether the source lets us in; if not, the form's error says why."""
        await self.async_ask(lambda source: source.check(), None)
        return not self.errors

    def _update(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Store what was entered and have the entry loaded with it."""
        changed = dict(entry.data) != self.data
        named_by_us = entry.title == title(entry.data)
        result = self.async_update_and_abort(
            entry,
            unique_id=self.unique_id,
            title=title(self.data) if named_by_us else entry.title,
            data=self.data,
        )
        # A change is noticed by the listener of an entry that is loaded. One whose
        # set-up failed has none, and a token that works again is no change.
        if not changed or not entry.update_listeners:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result


class HeatPumpSubentryFlow(
    CalibrationStep,
    PumpSteps[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ConfigSubentryFlow,
):
    """Add a heat pump to a source, or change one."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for the bucket of one more heat pump."""
        return await self.async_step_heat_pump()

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for brand, name and settings again, begun with those in force."""
        pump = self._get_reconfigure_subentry()
        self.bucket = pump.data[CONF_BUCKET]
        await self.async_load_profiles()
        # If the source is down the settings can be changed all the same.
        await self.async_list_series(self.bucket)
        pump = self._get_reconfigure_subentry()
        self.mapping = pump.data.get(CONF_SERIES)
        brand = pump.data[CONF_BRAND]
        if brand not in self.profiles:
            # Another version knew it.
            brand = await self.async_recognise() or BRAND_GENERIC
        asks = self.asks_compressor_power(brand)
        self.proposal = in_force(pump.title, pump.data, self.profiles[brand], asks=asks)
        if await self.async_find(pump):
            return self.async_show_menu(
                step_id="reconfigure",
                menu_options=["brand", "calibrate"],
                description_placeholders={"name": pump.title},
            )
        return await self.async_step_brand()

    @override
    def source_data(self) -> Mapping[str, Any]:
        """Return the data of the entry."""
        return self._get_entry().data

    @override
    def others(self) -> Sequence[ConfigSubentry]:
        """Return the entry's heat pumps but the one that is changed."""
        pumps = self._get_entry().subentries
        changed = None
        if self.source == SOURCE_RECONFIGURE:
            changed = self._get_reconfigure_subentry().subentry_id
        return [pump for pump_id, pump in pumps.items() if pump_id != changed]

    @override
    def stored(self) -> Mapping[str, Any]:
        """Return the settings in force, none of one more heat pump."""
        if self.source != SOURCE_RECONFIGURE:
            return {}
        return self._get_reconfigure_subentry().data

    @override
    def finish(self) -> SubentryFlowResult:
        """Add the heat pump, or change it."""
        if self.source != SOURCE_RECONFIGURE:
            return self.async_create_entry(
                title=self.title,
                data=self.settings,
                unique_id=self.own_id(self._get_entry().entry_id),
            )
        return self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=self.title,
            data=self.settings,
        )
