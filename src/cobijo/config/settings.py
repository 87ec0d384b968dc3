"""The one settings file: reads the environment through typed readers and stops on a bad value."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cobijo.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DEBUG = env.flag("COBIJO_DEBUG", False)
# The demonstration: fictitious people, sign-ins everybody knows. Refused outside debug (config.checks).
DEMO = env.flag("COBIJO_DEMO", False)

# Where this installation keeps what is not in the database: the SQLite file by default, keys, files, logs.
CHECKOUT = PACKAGE.parent.parent
DATA_DIR = env.path("COBIJO_DATA", (CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()) / "var")
NODE_KEY_FILE = env.path("COBIJO_NODE_KEY", DATA_DIR / "keys" / "node.key")
_passphrase_file = env.text("COBIJO_PASSPHRASE_FILE", "")
PASSPHRASE_FILE = Path(_passphrase_file) if _passphrase_file else None
DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "cobijo.sqlite3")}

BUILT_IN_SECRET = "only-for-the-demonstration-and-the-tests"  # noqa: S105 -- refused outside debug
SECRET_KEY = env.text("COBIJO_SECRET_KEY", BUILT_IN_SECRET)
ALLOWED_HOSTS = env.names("COBIJO_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.names("COBIJO_ORIGINS", ())
BEHIND_TLS = env.flag("COBIJO_TLS", not DEBUG)
# How many servers of ours stand between the visitor and this one, each adding a line to X-Forwarded-For.
PROXIES = env.number("COBIJO_PROXIES", 0, 0, 5)
PORT = env.number("COBIJO_PORT", 8000, 1, 65535)
WORKERS = env.number("COBIJO_WORKERS", 2, 1, 64)

INSTALLED_APPS = [
    "cobijo.demo",
    "cobijo.web",
    "cobijo.api",
    "cobijo.reporting",
    "cobijo.assistance",
    "cobijo.movements",
    "cobijo.sites",
    "cobijo.people",
    "cobijo.accounts",
    "cobijo.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Outages stands outside of all that may fail, inside what puts headers on every answer. The content policy
# stands before WhiteNoise because a picture opened by itself may carry a script.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "cobijo.config.middleware.Outages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; random padding hides their length (BREACH), static files are done
    "cobijo.config.middleware.ClientAddress",
    "cobijo.config.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cobijo.accounts.middleware.Sessions",
    "cobijo.web.middleware.LocalTime",
    "cobijo.web.middleware.RefusalPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cobijo.config.urls"
WSGI_APPLICATION = "cobijo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / "config" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cobijo.web.frame.frame",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Counters of failed sign-ins and of the limits below, shared by all workers and servers; keys are digests.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cobijo_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # Django's 300 would let a stranger push the counters out
    }
}

# Calls of one actor to the API: so many in so many seconds. Far above what a desk does, far below copying a register.
API_LIMITS = {"verbs": (600, 60), "people": (600, 60)}
# Cards and documents of somebody beyond an account's sight that it may ask about, in so many seconds.
SHOWN_LIMIT = (env.number("COBIJO_SHOWN_LIMIT", 40, 0, 10_000), 3600)

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cobijo.accounts.backend.SignIn",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# A list of people that is handed in never lies on the disk as it came: it is held in memory, then sealed.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 31_000_000
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Self sign-up is closed by the adapter of accounts. One signs in by user name, or by e-mail: a volunteer may have none.
ACCOUNT_ADAPTER = "cobijo.accounts.adapters.Entrance"
ACCOUNT_FORMS = {
    "login": "cobijo.accounts.forms.SignInForm",
    "reauthenticate": "cobijo.accounts.forms.ConfirmForm",
    "change_password": "cobijo.accounts.forms.ChangePasswordForm",
    "set_password": "cobijo.accounts.forms.SetPasswordForm",
    "reset_password_from_key": "cobijo.accounts.forms.NewPasswordForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "cobijo.accounts.passwords.OneUse"  # noqa: S105 -- a class, not a secret
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A whole shelter shares one address, so these stop a flood and axes stops the guessing.
# Whoever tries codes has the password already: wrong ones are counted wherever they come from.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,20/5m/key", "code": "10/h/key"}
# Codes that let a device in, and wrong badges and PINs at one device, whoever's they are.
ACCOUNT_RATE_LIMITS |= {"enrol": "20/5m/ip", "badge": "20/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # config.middleware.ClientAddress has settled the address before
MFA_ADAPTER = "cobijo.accounts.adapters.SecondFactor"
MFA_FORMS = {
    "authenticate": "cobijo.accounts.forms.CodeForm",
    "reauthenticate": "cobijo.accounts.forms.ConfirmCodeForm",
    "activate_totp": "cobijo.accounts.forms.FirstCodeForm",
    "add_webauthn": "cobijo.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "cobijo.accounts.forms.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Cobijo"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
if DEBUG and DEMO:
    MFA_TOTP_INSECURE_BYPASS_CODE = "000000"  # allauth refuses to start with it outside debug
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "cobijo.accounts.lockout.name_of"
AXES_LOCKOUT_CALLABLE = "cobijo.accounts.lockout.page"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Mail is an edge: without a host nothing is sent, and what would be is handed over by hand.
EMAIL_HOST = env.text("COBIJO_MAIL_HOST", "")
EMAIL_PORT = env.number("COBIJO_MAIL_PORT", 587, 1, 65535)
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_HOST_USER = env.text("COBIJO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.secret_file("COBIJO_MAIL_PASSWORD_FILE")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("COBIJO_MAIL_FROM", "cobijo@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

SESSION_COOKIE_AGE = 12 * 3600  # the row; accounts.middleware ends sessions earlier, by role
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# A file that comes (a photo, a list) is held in memory and never put down unsealed: one that is larger does not arrive.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25_000_000

# What may be written down: config.logs and config.errors say why.
DEFAULT_EXCEPTION_REPORTER_FILTER = "cobijo.config.errors.HidesPeople"
LOG_LEVEL = env.choice("COBIJO_LOG", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
TRACE = env.flag("COBIJO_TRACE", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "logging.Formatter" if TRACE else "cobijo.config.logs.IdsOnly",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "filters": {
        "sentences": {"()": "cobijo.config.logs.Sentences"},
        "without_query": {"()": "cobijo.config.logs.WithoutQuery"},
    },
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": [] if TRACE else ["sentences"],
        },
        "requests": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_query"]},
    },
    "root": {"handlers": ["terminal"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["requests"], "level": "INFO", "propagate": False},
        # What is refused or not there comes with its address as typed, and somebody may type a name.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        # Statements carry the values they write.
        "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": True},
        # It writes user names and addresses; what a site must know of failed sign-ins, accounts keeps.
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
