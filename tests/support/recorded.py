"""What Home Assistant's recorder has kept of states that were said before it started."""

from collections.abc import Iterable
from pathlib import Path

from homeassistant.components.recorder.db_schema import (
    StateAttributes,
    States,
    StatesMeta,
)
from homeassistant.helpers.json import json_bytes
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.support.exported_pump import Said


def record(database: Path, states: Iterable[Said]) -> None:
    """Write states into the database of a recorder that does not run now."""
    engine = create_engine(f"sqlite:///{database}")
    known: dict[str, tuple[StatesMeta, StateAttributes]] = {}
    with Session(engine) as session:
        for entity_id, state, time, attributes in states:
            if entity_id not in known:
                shared = json_bytes(dict(attributes))
                about = StateAttributes(
                    shared_attrs=shared.decode(),
                    hash=StateAttributes.hash_shared_attrs_bytes(shared),
                )
                known[entity_id] = StatesMeta(entity_id=entity_id), about
                session.add_all(known[entity_id])
                session.flush()
            entity, about = known[entity_id]
            session.add(
                States(
                    metadata_id=entity.metadata_id,
                    attributes_id=about.attributes_id,
                    state=state,
                    last_updated_ts=time.timestamp(),
                    origin_idx=0,
                )
            )
        session.commit()
    engine.dispose()
