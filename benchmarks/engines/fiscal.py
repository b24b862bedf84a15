"""OpenFisca, or PolicyEngine's fork of it, by the environment variable FISCAL: the rules are written once for both."""

from __future__ import annotations

import os

if os.environ.get("FISCAL") == "policyengine":
    from types import SimpleNamespace

    from policyengine_core.entities import Entity
    from policyengine_core.enums import Enum, EnumArray
    from policyengine_core.periods import YEAR, Period, period
    from policyengine_core.simulations import Simulation, SimulationBuilder
    from policyengine_core.taxbenefitsystems import TaxBenefitSystem
    from policyengine_core.variables import Variable

    DateUnit = SimpleNamespace(YEAR=YEAR)
else:
    from openfisca_core.entities import Entity
    from openfisca_core.indexed_enums import Enum, EnumArray
    from openfisca_core.periods import DateUnit, Period, period
    from openfisca_core.simulations import Simulation, SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

__all__ = ["DateUnit", "Entity", "Enum", "EnumArray", "Period", "Simulation", "SimulationBuilder", "TaxBenefitSystem",
           "Variable", "period"]
