"""Coverage: every figure of a policy's source texts against the constants of the rules that cite its place."""
