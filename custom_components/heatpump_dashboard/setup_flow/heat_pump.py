"""The steps that choose a heat pump: the same in a new entry and in one that exists."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..const import (
    BRAND_GENERIC,
    CONF_BRAND,
    CONF_BUCKET,
    CONF_SERIES,
    CONF_SOURCE,
    LOGGER,
    RECORDED,
    SOURCE_RECORDER,
)
from ..mapped_entities import may_be_ours
from ..profiles import Profile, recognise
from ..sources import Bucket, SeriesInfo, Source, SourceError
from ..sources.factory import async_create_source
from ..sources.influx.layouts import Exported
from .devices import Place, heat_pumps
from .entities import (
    converted_series,
    entities_schema,
    present_values,
    refusals,
    typed_mapping,
    with_entities,
    with_mapping,
)
from .forms import Proposal, as_typed, brand_schema, bucket_schema
from .presets import all_profiles, is_mapped, recognise_preset
from .recent import counting, may_count, recent_days, told_apart
from .renames import Renames
from .same_pump import Others, has_entities
from .series_guess import chosen, in_doubt, named, ranked
from .settings import Answer, price_unit, setting_errors

if TYPE_CHECKING:
    import pandas as pd

# The owner's own name for it is asked for.
_HEAT_PUMP: Final = "Heat pump"


class PumpSteps[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    FlowHandler[ContextT, ResultT, HandlerT]
):
    """Bucket, brand and settings, and which series is which where no brand says it."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self.errors: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.profiles: dict[str, Profile] = {}
        self.buckets: list[Bucket] = []
        self.bucket = ""
        self.series: list[SeriesInfo] = []
        self.places: dict[str, Place] = {}
        self.platforms: set[str] = set()
        self.mapping: Mapping[str, str] | None = None
        self.proposal: Proposal | None = None
        self.title = ""
        self.settings: dict[str, Any] = {}
        self._answer: Answer | None = None
        self._renames = Renames()
        self._converted: set[str] = set()

    @abstractmethod
    def source_data(self) -> Mapping[str, Any]:
        """Return the data of the entry whose source is asked."""

    @abstractmethod
    def others(self) -> Sequence[ConfigSubentry]:
        """Return the heat pumps that the source has beside this one."""

    @abstractmethod
    def stored(self) -> Mapping[str, Any]:
        """Return the settings in force of the heat pump, none of a new one."""

    @abstractmethod
    def finish(self) -> ResultT:
        """Return the flow's result for the chosen bucket, title and settings."""

    @property
    def _is_recorder(self) -> bool:
        return bool(self.source_data()[CONF_SOURCE] == SOURCE_RECORDER)

    @property
    def _other_pumps(self) -> Others:
        return Others(self.others(), is_one=self._is_recorder)

    def _free_series(self) -> list[SeriesInfo]:
        """Return the series that no other heat pump has for itself."""
        return self._other_pumps.not_in(self.bucket, self.series)

    async def async_step_heat_pump(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask for the bucket the heat pump's readings are in."""
        if self._is_recorder:
            return await self._async_take_entities()
        if user_input is None:
            buckets: list[Bucket] = await self.async_ask(lambda s: s.buckets(), [])
            self.buckets = self._other_pumps.free(buckets)
        elif await self._async_take(user_input[CONF_BUCKET].strip()):
            if not self.series:
                return self.async_abort(reason="already_configured")
            return await self.async_step_brand()
        return self.async_show_form(
            step_id="heat_pump",
            data_schema=self.add_suggested_values_to_schema(
                bucket_schema(self.buckets), user_input
            ),
            errors=self.errors,
            description_placeholders=self.words,
        )

    async def async_step_brand(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask for the brand, preselected as recognised, name and settings."""
        await self.async_load_profiles()
        if self.proposal is None:
            self.proposal = await self._async_propose()
        currency = self.hass.config.currency
        offered = self._offered(self.proposal.brand)
        schema = brand_schema(offered, self.proposal, currency)
        errors: dict[str, str] = {}
        self._carry_over()
        if user_input is not None:
            user_input = self._renames.typed(user_input)
            errors = setting_errors(self.hass, user_input, self.stored())
        if user_input is not None and not errors:
            profile = self.profiles[user_input[CONF_BRAND]]
            self._settle(
                Answer(
                    typed=user_input,
                    shown={str(key) for key in schema.schema},
                    profile=profile,
                    proposed=self.profiles[self.proposal.brand],
                )
            )
            if is_mapped(profile):
                return await self.async_step_entities()
            return self._end()
        if user_input is not None:
            schema = self.add_suggested_values_to_schema(
                schema, as_typed(schema, user_input)
            )
        return self.async_show_form(
            step_id="brand",
            data_schema=schema,
            errors=errors,
            description_placeholders={
                CONF_BUCKET: self.bucket,
                "currency": currency,
                "unit": price_unit(self.hass, user_input or {}),
            },
        )

    async def async_step_entities(
        self, user_input: dict[str, Any] | None = None
    ) -> ResultT:
        """Ask which series is which metric, begun with the likely ones."""
        errors: dict[str, str] = {}
        other = ""
        self._carry_over()
        if user_input is not None:
            mapping = typed_mapping(user_input)
            if self._has_ours:
                mapping = self._renames.mapping(mapping)
            errors = refusals(self.series, mapping, recorded=self._is_recorder)
            if not mapping:
                errors = {"base": "no_series"}
            if not errors and (doubtful := may_count(self.series, mapping)):
                errors = await self._async_judge(doubtful.values(), counting, doubtful)
            if not errors:
                same = None
                if mapping != self.stored().get(CONF_SERIES):
                    same = self._other_pumps.same_as(self.bucket, mapping)
                if same is None:
                    return self._take_mapping(mapping)
                errors, other = {same[0]: "already_added"}, same[1].title
        elif self.mapping is not None:
            mapping = dict(self.mapping)
        else:
            mapping = await self._async_guess()
        told = (self.series, mapping, dt_util.utcnow())
        return self.async_show_form(
            step_id="entities",
            data_schema=await self.hass.async_add_executor_job(entities_schema, *told),
            errors=errors,
            description_placeholders={
                CONF_BUCKET: self.bucket,
                **await self.hass.async_add_executor_job(present_values, *told),
                "other": other,
            },
        )

    async def async_ask[T](
        self, question: Callable[[Source], Awaitable[T]], otherwise: T
    ) -> T:
        """Return the source's answer; a failure becomes the error of the form."""
        self.errors, self.words = {}, {}
        try:
            source = await async_create_source(self.hass, self.source_data())
            try:
                return await question(source)
            finally:
                await source.close()
        except SourceError as err:
            self.errors, self.words = {"base": err.key}, dict(err.placeholders)
        except Exception:  # noqa: BLE001 - a form has to say something to everything
            LOGGER.exception("Unexpected error while asking the source")
            self.errors = {"base": "unknown"}
        return otherwise

    def own_id(self, entry_id: str | None = None) -> str:
        """Return what tells the new heat pump from the others of its source."""
        mapping = self.settings.get(CONF_SERIES, {})
        registry = er.async_get(self.hass)
        return self._other_pumps.unique_id(self.bucket, mapping, registry, entry_id)

    async def async_load_profiles(self) -> None:
        """Load the brands; the first time this reads files."""
        self.profiles = await self.hass.async_add_executor_job(all_profiles)

    async def async_list_series(self, bucket: str) -> None:
        """Ask for the series of a bucket, and what is known here of their entities."""
        listed: list[SeriesInfo] = await self.async_ask(
            lambda source: source.list_series(bucket), []
        )
        self._converted = converted_series(listed)
        self.series, self.places, self.platforms = with_entities(self.hass, listed)
        self._renames.async_look(self.hass)

    def asks_compressor_power(self, brand: str) -> bool:
        """Return whether no series of the bucket is the electric power."""
        profile = self.profiles.get(brand)
        power = None if profile is None else profile.metrics.get("power")
        if power is None:
            return True
        names = {name for rule in power.candidates for name in rule.names}
        return not any(info.name in names for info in self.series)

    async def _async_take(self, bucket: str) -> bool:
        """Take a bucket if it has series; else say what is wrong with it."""
        bucket = await self.async_ask(lambda s: s.bucket_name(bucket), bucket)
        if self.errors:
            return False
        await self.async_list_series(bucket)
        if self.errors:
            return False
        if not self.series:
            self.errors, self.words = {CONF_BUCKET: "bucket_empty"}, {"bucket": bucket}
            return False
        self.bucket, self.proposal = bucket, None
        if self._other_pumps.has_all_of(bucket):
            # What its collector writes is a heat pump that there is.
            self.series = [i for i in self.series if Exported.of(i.name) is not None]
        return True

    async def _async_take_entities(self) -> ResultT:
        """Take the recorder, in which each heat pump has entities of its own."""
        if await self._async_take(RECORDED):
            return await self.async_step_brand()
        reason = self.errors.get("base", "no_entities")
        return self.async_abort(reason=reason, description_placeholders=self.words)

    async def _async_propose(self) -> Proposal:
        """Return the settings for the brand recognised by its series."""
        brand = await self.async_recognise()
        profile = self.profiles[brand or BRAND_GENERIC]
        return Proposal(
            brand=profile.key,
            name=profile.name if brand else self._unnamed(),
            auxiliary_power=profile.auxiliary.max_kw,
            asks_compressor_power=self.asks_compressor_power(profile.key),
            is_mapped=is_mapped(profile),
        )

    def _unnamed(self) -> str:
        """Return what a heat pump without a brand is called at first."""
        return _HEAT_PUMP if self._is_recorder else self.bucket

    async def async_recognise(self) -> str | None:
        """Return the brand whose series these are, None if they are no brand's.

        Where a collector and Home Assistant both write, the collector's are taken.
        """
        own = [info.name for info in self.series if Exported.of(info.name) is None]
        brand = await self.hass.async_add_executor_job(recognise, own)
        if brand is None and not own:
            return await self.hass.async_add_executor_job(
                recognise_preset, self._free_series(), self.profiles, self.platforms
            )
        return brand

    def _offered(self, brand: str) -> list[Profile]:
        """Return the brands that the bucket's series can be, the one of now among them."""
        exported = {Exported.of(info.name) is not None for info in self.series}
        return [
            profile
            for profile in self.profiles.values()
            if profile.key in (brand, BRAND_GENERIC)
            or (bool(profile.entities) in exported)
            or not (exported or profile.entities)
        ]

    async def _async_guess(self) -> dict[str, str]:
        """Return the likely series of each metric, by their names and readings."""
        profile = self.profiles[self.settings[CONF_BRAND]]
        # Whatever the others have, too, tells which devices are theirs.
        run, known = self.hass.async_add_executor_job, {}
        if self.places:
            known = await run(named, self.series, self.profiles, profile)
        pumps = heat_pumps(self.places, known)
        candidates = await run(
            ranked, self._free_series(), self.profiles, pumps, profile
        )
        if names := in_doubt(candidates):
            judged = await self._async_judge(names, told_apart, candidates)
            candidates = judged or candidates
        return chosen(candidates)

    async def _async_judge[T](
        self,
        names: Iterable[str],
        judge: Callable[[pd.DataFrame, Mapping[str, T]], dict[str, T]],
        doubtful: Mapping[str, T],
    ) -> dict[str, T]:
        """Return what the readings of the last days say of what is in doubt.

        Nothing where they cannot be read: names are then what there is to go by.
        """
        series, spans = list(names), [recent_days(dt_util.utcnow())]
        readings: pd.DataFrame | None = await self.async_ask(
            lambda source: source.readings(self.bucket, series, spans), None
        )
        self.errors, self.words = {}, {}
        if readings is None or not len(readings):
            return {}
        return await self.hass.async_add_import_executor_job(judge, readings, doubtful)

    def _take_mapping(self, mapping: Mapping[str, str]) -> ResultT:
        """Keep which series is which metric, beside what is stored by now, and finish."""
        if self._answer is not None:
            self._settle(self._answer)
        carried = self._renames.first(mapping.values()) if self._has_ours else {}
        self.settings = with_mapping(
            self.settings, self.series, mapping, carried, self._converted
        )
        return self._end()

    def _carry_over(self) -> None:
        """Go on with the names that entities have now, in what was read and typed."""
        self._renames.async_look(self.hass)
        if self._answer is not None:
            typed = self._renames.typed(self._answer.typed)
            self._answer = replace(self._answer, typed=typed)
        if not self._has_ours:
            return
        self.series = [self._renames.info(info) for info in self.series]
        self._converted = {self._renames.series(name) for name in self._converted}
        if self.mapping is not None:
            self.mapping = self._renames.mapping(self.mapping)

    @property
    def _has_ours(self) -> bool:
        """Return whether the series may be entities of this Home Assistant."""
        return may_be_ours(self.hass, self.source_data()[CONF_SOURCE])

    def _settle(self, answer: Answer) -> None:
        """Take the settings that the form says, beside what is stored by now."""
        self._answer = answer
        self.title = answer.title
        self.settings = answer.settings(self.bucket, self.stored())

    def _end(self) -> ResultT:
        """Finish, if another form has not added the same bucket meanwhile."""
        mapping, stored = (
            settings.get(CONF_SERIES, {}) for settings in (self.settings, self.stored())
        )
        is_new = not self.stored() or has_entities(stored)
        if (
            is_new
            and not has_entities(mapping)
            and self._other_pumps.has_all_of(self.bucket)
        ):
            return self.async_abort(reason="already_configured")
        return self.finish()
