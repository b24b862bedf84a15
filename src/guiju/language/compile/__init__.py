"""From a policy's folder to a `Policy`: one reader for each kind of declaration."""

from guiju.language.compile.folder import compile_policy

__all__ = ["compile_policy"]
