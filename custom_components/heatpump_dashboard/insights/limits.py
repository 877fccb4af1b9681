"""The limits of all insights in one table, each with its reason.

Those without a source that is named are ours, found by simulation: a house of
0.18 kW/K with an on/off ground-source heat pump of 8 kW, several winters each.
"""

from collections.abc import Mapping
from typing import Final

# --- the day table -------------------------------------------------------------------
# Of a day less is known than this: its sums would be lower than the day was.
DAY_COVERAGE: Final = 0.9
# Of 18 hours a mean outdoor temperature is one of the day, not of a night.
OUTDOOR_COVERAGE: Final = 0.75

# --- what can be told at all ---------------------------------------------------------
# A difference below twice its standard error is weather.
SIGMAS: Final = 2.0
# A heating run within so many days, else it is summer and heating says nothing.
SEASON_DAYS: Final = 14

# --- what lasts ----------------------------------------------------------------------
# One odd day asks for no action: its condition has to be there on three, and is over
# after three without.
ACT_LASTS_DAYS: Final = 3
CLEAN_LASTS_DAYS: Final = 3
# At once: what cannot wait, and conditions that are of days themselves.
ACT_DAYS: Final[Mapping[str, int]] = {
    "alarm": 1,
    "data": 1,
    "blocked": 1,
    "room": 1,
    "brine": 1,
    "hot_water": 1,
    "sixty": 1,
}
# An alarm that is gone, readings that are back and a tank that was hot ask for nothing.
CLEAN_DAYS: Final[Mapping[str, int]] = {
    "alarm": 1,
    "data": 1,
    "blocked": 1,
    "sixty": 1,
}

# --- house: signature and reserve ----------------------------------------------------
# 14 days give the quotient to ± 2.6 to 5.2 %; fewer days say nothing.
HOUSE_LEAST_DAYS: Final = 14
HOUSE_LEAST_DEGREE_DAYS: Final = 100.0
# A line needs cold and mild days: ± 3 to 6.5 % of 60 days that span 12 K.
SIGNATURE_DAYS: Final = 60
SIGNATURE_SPAN_K: Final = 12.0
# Heating ends somewhere here; outside the fit has found something else.
BASE_TEMP_C: Final = (13.0, 20.0)
# What is known of the base before any fit: 17 ± 1.5 °C.
BASE_PRIOR_C: Final = (17.0, 1.5)
SIGNATURE_R2: Final = 0.7
# Days this many median deviations from the line are holidays or a stove; at most a tenth.
OUTLIER_MAD: Final = 3.5
OUTLIER_SHARE: Final = 0.1
# The weather of yesterday is in the line where its error falls by a fifth at least: by
# less it falls for any house, and the slope wanders by 2 to 3 %.
SIGNATURE_SLOW: Final = 0.8
# At nearly all or nearly none of the day the share of running is no line any more.
SHARE_RANGE: Final = (0.08, 0.93)
RESERVE_R2: Final = 0.9
RESERVE_SPAN_K: Final = 8.0
# The heater hides what the compressor cannot do: with it the line is up to 7 K too low.
RESERVE_HEATER_DAYS: Final = 0.1
# Less of a day's heat is hot water that it made hotter once a week.
RESERVE_HEATER_SHARE: Final = 0.02

# --- COP -----------------------------------------------------------------------------
# A day counts with two hours of steady running and 3 kWh: below, starts are most of it.
COP_STEADY_H: Final = 2.0
COP_LEAST_KWH: Final = 3.0
COP_HEATER_SHARE: Final = 0.05
# The fit is frozen after these: one that moves along learns the fault.
COP_FIT_DAYS: Final = 60
COP_FIT_SUPPLY_K: Final = 6.0
COP_FIT_OUTDOOR_K: Final = 10.0
# With fewer only the efficiency is fitted, and limits are twice as wide.
COP_LEAST_DAYS: Final = 20
COP_OUTSIDE_K: Final = 3.0
# 5 % of 14 days: no false alarm in 600 winters at a scatter of 2 % and a correlation of
# 0.5; a fall of 5 % is seen in 14 days (median), one of 8 % in 9.
COP_WINDOW_DAYS: Final = 14
COP_WATCH: Final = 0.05
COP_ACT: Final = 0.08
COP_SIGMAS: Final = 3.0
# Since when it is lower is looked for in one winter, with some days on each side.
COP_SINCE_DAYS: Final = 180
COP_SINCE_LEAST: Final = 3
# Condenser and evaporator are warmer and colder than the water (OpenEnergyMonitor), K.
CONDENSING_K: Final = 2.0
EVAPORATING_K: Final = 6.0
# Two signs together, of which neither alone is one (Hitachi's rule): less heat, and hot
# gas that is hotter at the same temperatures.
REFRIGERANT_CAPACITY: Final = 0.08
REFRIGERANT_HOT_GAS_K: Final = 8.0
# What each share more of brine's difference takes off the COP, by the steady model:
# −1.5 % at a flow of 80 %, −4.0 % at 60 %.
BRINE_COP: Final = 0.06
# Better than physics: less water flows, it is no better heat pump.
FLOW_GUARD_DAYS: Final = 3
FLOW_GUARD: Final = (0.10, 0.20)

# --- auxiliary heater ----------------------------------------------------------------
HEATER_DAYS: Final = 30
# Of heat in days milder than −5 °C: a heat pump of the usual size needs none there.
HEATER_MILD_C: Final = -5.0
HEATER_SHARE: Final = (0.03, 0.10)
# The heater alone for so long, with the compressor off and no alarm, within so many
# days: that is how an expensive fault goes unseen.
HEATER_ALONE_H: Final = 6.0
HEATER_ALONE_DAYS: Final = 7
# In colder air many air-source heat pumps stop their compressor (makers tell −15 to
# −25 °C): then the heater is meant to do it.
HEATER_AIR_C: Final = -15.0
# Episodes with less between them than this are one, s.
HEATER_JOIN_S: Final = 600.0
# Of the time around an episode so much must be known: a cause may lie in the rest.
HEATER_COVERAGE: Final = 0.8
# What one step of a setting moves the supply by, K: a room answers a kelvin of supply
# with about half of one, and an offset is told in K of supply, or in steps of more.
SETPOINT_STEP_K: Final[Mapping[str, float]] = {"room_setpoint": 2.0}
# Up to here a curve is a number (IVT to 10, NIBE to 15), of which one more is 2.5 K at
# 0 °C outside, and above it the supply itself, as at Thermia.
CURVE_DEGREES_C: Final = 15.0
CURVE_NUMBER_K: Final = 2.5

# --- hot water -----------------------------------------------------------------------
# The trade's rule (Säker Vatten 2021:2 §6.3): 60 °C in the tank, at least once a week
# where it is usually cooler. Twice a week and a month are ours, for watch and act. One
# reading is none: ten minutes, s.
SAFE_S: Final = 600.0
SAFE_DAYS: Final = (14.0, 30.0)
# Of the days without 60 °C at least this share was measured: else nobody knows. Ours.
SAFE_MEASURED: Final = 0.5
CHARGES_DAYS: Final = 30
CHARGES_LEAST: Final = 5
# The top of the tank by day, 06 to 22: at 45 °C a shower is only just warm, at 40 cold.
HOT_WATER_LOW_C: Final = (45.0, 40.0)
HOT_WATER_BY_DAY: Final = (6, 22)
HOT_WATER_LOW_H: Final = (3.0, 7.0)
HOT_WATER_LOW_DAYS: Final = 2
# A charge that ends so far below the stop was ended by something else, K; three in a
# week, as one may be broken off.
CHARGE_SHORT_K: Final = 3.0
CHARGES_SHORT: Final = 3

# The tank cools by itself from midnight to five, as nobody draws water: whole hours.
NIGHT_H: Final = 5
NIGHT_DAYS: Final = 90
# Of fewer nights the fall of a sensor of whole degrees is a guess.
NIGHTS_LEAST: Final = 7
# A night that falls this many times as fast in one of its hours had water drawn.
NIGHT_DRAW: Final = 3.0
# Cold water and the room that a tank stands in, °C; a shower is 40 °C.
COLD_WATER_C: Final = 8.0
TANK_ROOM_C: Final = 20.0
SHOWER_C: Final = 40.0
# A tank of a house loses 1 to 3 W/K; more is water that goes round for the taps.
CIRCULATION_W_K: Final = 4.0
# What a charge's COP gains with each kelvin that it ends cooler, at 50 °C.
CHARGE_COP_PER_K: Final = 0.014
CHARGE_LOWER_K: Final = 2.0

# --- ground --------------------------------------------------------------------------
GROUND_BASELINE_DAYS: Final = 60
GROUND_WINDOW_DAYS: Final = 7
# Whole degrees stand still for hours: their error does not shrink within a day.
GROUND_WINDOW_WHOLE_DAYS: Final = 30
# One odd day of a window that holds no other is looked at every day of it: an action
# takes as many as what lasts; of whole degrees (7 % a day) ten, for ± 2 %.
GROUND_LEAST_DAYS: Final = 3
GROUND_LEAST_WHOLE_DAYS: Final = 10
# What heat pumps make of Carnot's COP (0.44 to 0.53), where nothing says what they take.
USUAL_EFFICIENCY: Final = 0.47
GROUND_LEAST_K: Final = 1.5
GROUND_FALL: Final = (0.20, 0.35)
GROUND_FALL_WHOLE: Final = (0.25, 0.40)
# The ground of a single borehole cools down by 0.1 K in its third year, and by less
# later; what the weather of years does to it is 0.2 K. So above 0.3 K a year, of three
# heating seasons that are each known for two months.
DRIFT_K_A_YEAR: Final = 0.3
DRIFT_SEASONS: Final = 3
DRIFT_SEASON_DAYS: Final = 60
# It remembers what was taken in the last days, and in the last weeks.
DRIFT_LOAD_DAYS: Final = (2.0, 30.0)
# Ice in the collector; no alarm of a brand is earlier than the second, °C.
BRINE_OUT_C: Final = (-5.0, -8.0)

# --- cycling -------------------------------------------------------------------------
CYCLING_DAYS: Final = 7
# A day with less heating than this is one of summer: then the runs of a healthy heat
# pump are 12 to 14 min, as the least heat is more than the house needs.
CYCLING_LEAST_SHARE: Final = 0.15
# Fewer runs a day than these are no cycling, whatever their length.
CYCLING_LEAST_RUNS: Final = 4.0
# 15 min is Hitachi's limit, which its fleet was tested with; half of all runs under
# 10 min is HeatPump Hero's.
CYCLING_RUN_MIN: Final = 15.0
CYCLING_SHORT: Final = (0.25, 0.50)
# Six starts in an hour and a quarter of one from start to start, on three days: Hitachi's
# other half.
CYCLING_STARTS_AN_HOUR: Final = 6.0
CYCLING_PERIOD_MIN: Final = 15.0
CYCLING_STARTS_DAYS: Final = 3
# Of a day with more gaps than this, nobody knows how it cycled.
CYCLING_COVERAGE: Final = 0.95
# By the weather: in steps of so many kelvin, of which there were some days.
CYCLING_BIN_K: Final = 3.0
CYCLING_BIN_DAYS: Final = 3
# What starts take is right to a half: less of the electricity than this is not told.
CYCLING_LOSS_SHARE: Final = 0.02

# --- standing still ------------------------------------------------------------------
# A compressor starts at −60 of its own accord (the usual start limit of NIBE and
# Thermia): 60 below that it is late, and nobody lets it wait. Where its last starts were
# at lower ones, somebody has set it so: then 60 below these.
BLOCKED_DEGREE_MINUTES: Final = -120.0
BLOCKED_BELOW: Final = 60.0
# Of so many starts of so many days; one alone may have been a late one.
BLOCKED_STARTS: Final = 5
BLOCKED_START_DAYS: Final = 7.0
# Controllers hold a compressor back for 20 min after a stop at most, min.
BLOCKED_MIN: Final = (30.0, 120.0)
# Where the heating stop is not told: nobody heats a house above this, °C.
BLOCKED_WARM_C: Final = 17.0
# A temperature around a compressor that cycles changes within a day. Rooms stand still
# for up to three, as do outdoor air, tank and brine in whole degrees, h.
STUCK_H: Final = (24.0, 72.0)
STUCK_STARTS: Final = 2
# Of a day without any value of a metric so much was read of others: else nobody knows.
ABSENT_H: Final = 24.0
ABSENT_OTHERS: Final = 0.5

# --- sensors -------------------------------------------------------------------------
# 0.3 K are 6 % of all heat at a difference of 5 K.
PAIR_OFFSET_K: Final = (0.3, 0.7)
# Two sensors on pipes differ by less. More is other water: a buffer tank or a mixing
# valve between them, or a house that is cooled.
PAIR_MOST_K: Final = 1.5
# Three days of rest give ± 0.015 K, with whole degrees too; of rest alone, s.
PAIR_DAYS: Final = 3
# Of the last month so many days with rest: what began lately is not a mean of a month.
PAIR_MOST_DAYS: Final = 7
PAIR_LEAST_S: Final = 2 * 3600.0
# Heat at B0/W35 beside the kW on the plate, which is right to ± 8 %: a share.
PLAUSIBLE_PLATE: Final = (0.20, 0.50)
# At the same conditions a fixed speed gives the same within a few percent. Days that
# differ by more of their median are those of a speed that changes and is not reported,
# or of a flow that does.
PLATE_SPREAD: Final = 0.25
# Of no brand and no house has the compressor another COP over a week.
PLAUSIBLE_COP: Final = (2.0, 6.0)
# Daily means of a room, °C: 18 °C is the least that WHO advises; twice, not once.
ROOM_LOW_C: Final = (19.0, 17.0)
ROOM_DAYS: Final = 2
# Who has asked for cooler rooms has them: so far below what is set they are too cold.
ROOM_BELOW_K: Final = 1.5
# An alarm of the same code so often in a month is not gone when it is cleared.
ALARM_AGAIN: Final = 3
ALARM_DAYS: Final = (7, 30)
# Lows that last: of the last days so many.
LASTING_DAYS: Final = 3
# Of the last day so much must be known.
DATA_COVERAGE: Final = 0.95
# Without a reading for so long, s, nothing that is shown is of now. A poll is 30 s, a
# restart of the collector some minutes.
DATA_SILENT_S: Final = 15 * 60.0

# --- change: did it help? ------------------------------------------------------------
# A setting that was changed longer ago is not asked about by itself: two winters touch
# a year and a month.
CHANGE_LATELY_DAYS: Final = 395
# Each side has 14 days at least: with fewer no change of a house is above its scatter.
CHANGE_DAYS: Final = 14
# More would reach into another season's sun.
CHANGE_MOST_DAYS: Final = 60
# A line is not drawn out farther than this between the two sides' means, K.
CHANGE_APART_K: Final = 8.0
# Milder days hardly need any heat: their line is nobody's.
CHANGE_WARM_C: Final = 11.0
# From November to February the sun is little: a line of mid-December to mid-March says
# 5 to 10 % too much of the month after it, which any change in March would "save".
CHANGE_MONTHS: Final = (11, 12, 1, 2)
# The same half a year later, south of the equator.
CHANGE_MONTHS_SOUTH: Final = (5, 6, 7, 8)
# With a term for the sun, of a whole heating season: then also March and April, but not
# October, which it leaves 4 to 8 % off. Of the season's 181 days most, some of them light.
CHANGE_SUN_MONTHS: Final = (11, 12, 1, 2, 3, 4)
CHANGE_SUN_MONTHS_SOUTH: Final = (5, 6, 7, 8, 9, 10)
CHANGE_SUN_DAYS: Final = 120
CHANGE_LIGHT_DAYS: Final = 30
# Of 30 days beside 30 in winter the scatter is 2.2 to 3.2 %: less is never told.
CHANGE_FLOOR: Final = 0.03
# Blocks of a week, four of each: of single days the warmth of the house is measured
# (−14.5 % said for −8.1 %), of weeks −9.1 ± 0.9 %. A house forgets in a day.
CHANGE_BLOCK_DAYS: Final = (6, 16)
CHANGE_BLOCKS: Final = 8
# Without the first days of blocks, and some of which too little is known.
CHANGE_SIDE_DAYS: Final = 20
CHANGE_LAG_DAYS: Final = 3
# A room that is this much cooler was made cooler by it, K: sensors tell 0.1 to 1 K.
CHANGE_INDOOR_K: Final = 0.2

# --- calibration ---------------------------------------------------------------------
CALIBRATION_DAYS: Final = 365
# A day of winter has this much steady running, and some of its weather.
CALIBRATION_STEADY_H: Final = 3.0
# Further off than the plate is (± 8 %) at 2 σ it is worth a look; by half, all kWh are
# another house's.
CALIBRATION_OFF: Final = (0.16, 0.50)

# --- curve -------------------------------------------------------------------------
CURVE_DAYS: Final = 60
CURVE_LEAST_DAYS: Final = 14
# How much faster than its warmth a radiator's heat grows (EN 442).
EMITTER_EXPONENT: Final = 1.3
# Of these days the ends of a curve are told, °C; three days are an end.
CURVE_COLD_C: Final = 0.0
CURVE_MILD_C: Final = 7.0
CURVE_END_DAYS: Final = 3
# A step to try is a whole kelvin, two at most; then a week is waited.
CURVE_STEP_K: Final = 2
# Rooms that are cold while the supply is so far below what is asked for are no matter of
# the curve: the heat pump cannot do more, K.
CURVE_SHORT_K: Final = 3.0
# So far above it in mild weather, K, and with short runs the radiators take little.
CURVE_OVER_K: Final = 3.0
# Below this many kelvin between water and room hardly anything is given off.
CURVE_LEAST_K: Final = 3.0

# --- money ---------------------------------------------------------------------------
MONEY_DAYS: Final = 30
# A mean price near nothing has no ratio: one that is so small a share of what hours cost
# one with another, above zero or below, in whatever currency.
MONEY_LEAST_SHARE: Final = 0.1
# Most grid fees take the mean of the highest hours of so many days of a month.
MONEY_PEAKS: Final = 3
# A tank of hot water is as good some hours later, or earlier.
MOVE_H: Final = 6
# Below this, °C, there is no hot water to wait with.
MOVE_LEAST_C: Final = 42.0

# --- year ----------------------------------------------------------------------------
YEAR_DAYS: Final = 365
YEAR_COVERAGE: Final = 0.9
# Months of less cold, K·d, are of sun and hot water: what they took is no heating's. By
# so many that are colder two years are compared.
YEAR_MONTH_DEGREE_DAYS: Final = 60.0
YEAR_LEAST_MONTHS: Final = 4
# What other heating would have taken: boilers' efficiency and kWh in a litre, a m³.
OIL_KWH: Final = 0.85 * 9.95
GAS_KWH: Final = 0.9 * 10.8

# --- weekly letter -------------------------------------------------------------------
LETTER_COVERAGE: Final = 0.8
LETTER_SENTENCES: Final = 5
# Nobody reads the same every week; four weeks are long enough to have done something.
LETTER_AGAIN_DAYS: Final = 28
LETTER_WORSE: Final = 1.25
# Weeks differ by as much of themselves, %.
LETTER_LEAST_CHANGE: Final = 5.0
# Of fewer days of each of two weeks a mean is of single days.
LETTER_LEAST_DAYS: Final = 5
# A week so mild has no cold to compare with: of 0.2 K·d to 3 a day is "1400 % colder".
LETTER_LEAST_COLD: Final = 2.0
# Less is not worth a sentence: kWh a year (50 kronor at 1.50, and so much in whatever
# currency), share of the heat.
LETTER_LEAST_KWH: Final = 35.0
LETTER_LEAST_SHARE: Final = 0.02
# What a fault that takes no electricity stands for among those that do, kWh a year.
LETTER_FAULT_KWH: Final = 350.0
