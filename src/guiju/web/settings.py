"""Django's settings. Nothing is fixed here that an installation has to change: see `environment`."""

from __future__ import annotations

from csp.constants import NONE, SELF

from guiju.book.frame import STYLE
from guiju.web.database import database
from guiju.web.environment import data_directory, is_on, read, words
from guiju.web.mailing import mail_settings
from guiju.web.secret import secret_key
from guiju.web.signing_in import second_factor, single_sign_on

DATA = data_directory()
DEBUG = is_on("GUIJU_WEB_DEBUG")
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("GUIJU_OLD_KEYS")
ALLOWED_HOSTS = words("GUIJU_HOSTS")
ORIGIN = read("GUIJU_ORIGIN").rstrip("/")
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "guiju.web.kit",
    "guiju.web.outbox",
    "guiju.web.accounts",
    "guiju.web.files",
    "guiju.web.cases",
    "guiju.web.rounds",
    "guiju.web.notices",
    "guiju.web.applications",
    "guiju.web.intake",
    "guiju.web.reviewing",
    "guiju.web.laboratories",
    "guiju.web.library",
    "guiju.web.desk",
    "guiju.web.api",
    "guiju.web.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "guiju.web.kit.middleware.headers",
    "guiju.web.kit.middleware.size_limit",
    "guiju.web.kit.middleware.asked_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "guiju.web.kit.middleware.one_direction",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guiju.web.kit.middleware.language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "guiju.web.accounts.middleware.presence",
    "guiju.web.accounts.middleware.factor_needed",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guiju.web.kit.middleware.denials",
]
ROOT_URLCONF = "guiju.web.urls"
WSGI_APPLICATION = "guiju.web.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": ["django.template.context_processors.request",
                               "django.contrib.auth.context_processors.auth",
                               "django.contrib.messages.context_processors.messages",
                               "guiju.web.kit.context.surroundings"],
        "builtins": ["guiju.web.kit.templatetags.guiju"]},
}]
FORM_RENDERER = "guiju.web.kit.forms.Renderer"

DATABASES = {"default": database(read("DATABASE_URL"), DATA, read("GUIJU_SQLITE_SYNC"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["guiju.web.accounts.backend.Passwords"]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "kit:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher",
                    "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("login", "name", "email")}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
SECOND_FACTOR = second_factor(read("GUIJU_SECOND_FACTOR"))
OIDC = single_sign_on(read("GUIJU_OIDC_ISSUER"), read("GUIJU_OIDC_CLIENT_ID"), read("GUIJU_OIDC_CLIENT_SECRET"))
SESSION_ENGINE = "guiju.web.accounts.sessions"
SESSION_COOKIE_AGE = int(read("GUIJU_SESSION_HOURS")) * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "guiju_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guiju.web.kit.errors.csrf_failure"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The book's pages look alike in its own frame and in the site's.
STATICFILES_DIRS = [("guiju/book", STYLE)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

UPLOAD_LIMIT = int(read("GUIJU_UPLOAD_MB")) * 1024 * 1024
REQUEST_LIMIT = UPLOAD_LIMIT + 64 * 1024  # with what a form needs beside its files
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
SCAN_COMMAND = read("GUIJU_SCAN")
FILES = DATA / "files"
MOVABLE_CLOCK = is_on("GUIJU_CLOCK")

globals().update(mail_settings(read("GUIJU_MAIL"), DATA))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("GUIJU_MAIL_FROM")

CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF], "font-src": [SELF],
    "connect-src": [SELF], "form-action": [SELF], "frame-ancestors": [NONE], "base-uri": [NONE],
    "object-src": [NONE], "manifest-src": [SELF]}}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = is_on("GUIJU_HTTPS")
if HTTPS:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-guiju_session"
BEHIND_PROXY = is_on("GUIJU_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"guiju": {"level": "INFO"}, "django": {"handlers": [], "propagate": True}},
}
