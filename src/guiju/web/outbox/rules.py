from guiju.web.kit.permissions import PERMISSIONS, rule


@rule("请先登录", "sign in first")
def signed_in(user: object, _: object) -> bool:
    return bool(getattr(user, "is_authenticated", False))


PERMISSIONS["inbox.view"] = signed_in
