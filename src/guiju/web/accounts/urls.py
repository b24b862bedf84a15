from django.urls import path

from guiju.web.accounts.views import account, experts, invitations, organisations, passkeys, signing

app_name = "accounts"
urlpatterns = [
    path("", account.account, name="account"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("second-step/", signing.second_step, name="second-step"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("register/", signing.register, name="register"),
    path("language/", signing.language, name="language"),
    path("password/", account.password, name="password"),
    path("sessions/end/", account.end_session, name="end-session"),
    path("expert/", experts.expert, name="expert"),
    path("second/", account.second, name="second"),
    path("second/remove/", account.remove_second, name="remove-second"),
    path("second/codes/", account.new_codes, name="new-codes"),
    path("passkeys/register/begin/", passkeys.register_begin, name="passkey-register-begin"),
    path("passkeys/register/finish/", passkeys.register_finish, name="passkey-register-finish"),
    path("passkeys/sign-in/begin/", passkeys.sign_in_begin, name="passkey-sign-in-begin"),
    path("passkeys/sign-in/finish/", passkeys.sign_in_finish, name="passkey-sign-in-finish"),
    path("passkeys/<int:number>/remove/", passkeys.remove, name="passkey-remove"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("organisations/", organisations.everyone, name="organisations"),
    path("organisations/new/", organisations.create, name="organisation-new"),
    path("organisations/<str:public_id>/", organisations.organisation, name="organisation"),
    path("organisations/<str:public_id>/edit/", organisations.edit, name="organisation-edit"),
    path("organisations/<str:public_id>/recommending/", experts.recommending, name="recommending"),
    path("organisations/<str:public_id>/invite/", organisations.invite, name="invite"),
    path("organisations/<str:public_id>/invitations/<str:invitation>/withdraw/", organisations.withdraw,
         name="withdraw"),
    path("organisations/<str:public_id>/delegate/", organisations.delegate, name="delegate"),
    path("organisations/<str:public_id>/delegations/<int:number>/end/", organisations.revoke, name="revoke"),
    path("organisations/<str:public_id>/people/<str:person>/", organisations.member, name="member"),
    path("organisations/<str:public_id>/people/<str:person>/leave/", organisations.leave, name="leave"),
]
