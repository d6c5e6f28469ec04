"""Joins the policy of this machine from where it lies: files, and on Windows the registry."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from app.adapters.policy_registry import group_policy
from app.policy import Policy, look, places

Model = TypeVar("Model", bound=BaseModel)


def machine_policy(model: type[Model]) -> Policy:
    """Return what the site has set for this machine, checked against the settings model. Never raises a fault."""
    return look(model, places(), group_policy)
