"""Tell Microsoft 365 who we are, in one of three ways, and get tokens for what we ask there.

As an application with a certificate or a secret, or for a person who signed in once by device code.
msal gets and renews the tokens, in a cache that is a token backend of O365; O365 asks with them.
After a refusal nothing is asked for a while, longer each time. Limits: nobody can tell when a
secret runs out, and the waiting after a refusal begins anew with each start of the service.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msal
import requests
from msal.exceptions import MsalServiceError
from O365 import Account
from O365.utils.token import BaseTokenBackend

from pipeline.edges.microsoft.tokens import FileTokens, MemoryTokens
from pipeline.edges.sign_in import Rest
from pipeline.errors import PostbusAwayError, SignInRefusedError

_TIMEOUT_SECONDS = 30
_TALKATIVE = ("O365", "msal", "urllib3", "requests")
_TEMPORARY = ("temporarily_unavailable", "server_error", "request_timeout")
IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}
"""A message keeps its id when it is moved; every request must ask for that."""


class Resource(StrEnum):
    """What a token is for."""

    GRAPH = "https://graph.microsoft.com"
    MAIL = "https://outlook.office365.com"
    """IMAP and SMTP of Exchange Online."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are to Microsoft 365; exactly one of the last three is filled.

    Attributes:
        tenant: Id or domain of the organisation.
        app: Id of the application.
        mailbox: Address of the council's mailbox.
        certificate: PEM file with an RSA key and its certificate.
        secret_variable: Name of the environment variable that holds the secret.
        tokens: File with the tokens of the person who signed in.
        delegated: What that person was asked to permit, for each resource.
    """

    tenant: str
    app: str
    mailbox: str
    certificate: Path | None = None
    secret_variable: str = ""
    tokens: Path | None = None
    delegated: Mapping[Resource, tuple[str, ...]] | None = None


class SignIn:
    """Signs in when a token is needed, and not more often.

    Args:
        identity: Who we are.
        monotonic: Seconds that only go up.
    """

    def __init__(self, identity: Identity, monotonic: Callable[[], float] = time.monotonic) -> None:
        silence_libraries()
        self.identity = identity
        self._rest = Rest(monotonic)
        self._account: Account | None = None
        self._application: msal.ClientApplication | None = None
        self._number = ""

    def account(self) -> Account:
        """Give the O365 account of the council's mailbox, with a token that still counts.

        Raises:
            SignInRefusedError: We are not believed, or were not a while ago.
            PostbusAwayError: Microsoft 365 cannot be reached.
        """
        token = self.token()
        account = self._known_account()
        if account.con.session is None:
            account.con.session = account.con.get_session(load_token=False)
        # O365 would take the first token of the cache, which may be one for IMAP
        account.con.update_session_auth_header(access_token=token)
        return account

    def token(self, resource: Resource = Resource.GRAPH) -> str:
        """Give a token that still counts, from the cache while it can; raises as ``account``."""
        return self._acquire(resource, anew=False)

    def renew(self, resource: Resource = Resource.GRAPH) -> str:
        """Give a new token because the server no longer believes the one we have; raises as ``account``."""
        return self._acquire(resource, anew=True)

    def disbelieved(self) -> SignInRefusedError:
        """Remember that even a new token was not believed, and give the error that tells it."""
        return self._refused("")

    def begin_device_flow(self, resource: Resource = Resource.GRAPH) -> dict[str, Any]:
        """Ask for a code that a person types in at Microsoft; ``finish_device_flow`` waits for that.

        Returns:
            The flow of msal: ``user_code``, ``verification_uri`` and ``expires_in`` (seconds) for the person.

        Raises:
            SignInRefusedError: The application or tenant is unknown, or device codes are not allowed.
            PostbusAwayError: Microsoft 365 cannot be reached.
        """
        with _reaching():
            flow: dict[str, Any] = self._client().initiate_device_flow(scopes=self._scopes(resource))
        if "user_code" not in flow:
            raise self._refused(_number_of(flow))
        return flow

    def finish_device_flow(self, flow: dict[str, Any]) -> None:
        """Wait until the person has signed in, and keep the tokens; raises as ``begin_device_flow``."""
        with _reaching():
            result = self._client().acquire_token_by_device_flow(flow)
        if "access_token" not in result:
            raise self._refused(_number_of(result))
        self._rest.end()
        self._backend().save_token(force=True)

    def _acquire(self, resource: Resource, *, anew: bool) -> str:
        if left := self._rest.left:
            raise self._error(left)
        try:
            with _reaching():
                result = self._ask_for_token(resource, anew=anew)
        except ValueError as fault:  # msal: an unknown tenant, or a key that is no key
            raise self._refused("") from fault
        if "access_token" in result:
            self._rest.end()
            self._backend().save_token()
            return str(result["access_token"])
        if result.get("error") in _TEMPORARY:
            raise PostbusAwayError("sign-in is not available now", wat=_AWAY)
        raise self._refused(_number_of(result))

    def _ask_for_token(self, resource: Resource, *, anew: bool) -> dict[str, Any]:
        """Have msal find or get a token; an error of the server comes back in the answer."""
        client, scopes = self._client(), self._scopes(resource)
        if self.identity.tokens is None:
            if anew:
                client.remove_tokens_for_client()
            return dict(client.acquire_token_for_client(scopes=scopes))
        people = client.get_accounts()
        if not people:
            return {"error": "nobody signed in"}
        found = client.acquire_token_silent_with_error(scopes, account=people[0], force_refresh=anew)
        return dict(found or {"error": "no token"})

    def _scopes(self, resource: Resource) -> list[str]:
        named = (self.identity.delegated or {}).get(resource)
        return list(named) if named else [f"{resource.value}/.default"]

    def _client(self) -> Any:
        """Give the msal application; making one asks the server who signs people in for this tenant."""
        if self._application is None:
            self._application = _new_application(self.identity, self._backend())
        return self._application

    def _backend(self) -> BaseTokenBackend:
        return self._known_account().con.token_backend

    def _known_account(self) -> Account:
        if self._account is None:
            self._account = _new_account(self.identity)
        return self._account

    def _refused(self, number: str) -> SignInRefusedError:
        """Count a refusal, forget what was read of the credentials, and wait longer than after the last."""
        self._account = self._application = None
        self._number = number
        return self._error(self._rest.begin())

    def _error(self, seconds: float) -> SignInRefusedError:
        """Tell the last refusal."""
        wat, doe = _told(self.identity)
        return SignInRefusedError(
            f"Microsoft 365 refused us {self._number}".strip(),
            wat=f"{wat} (AADSTS{self._number})." if self._number else f"{wat}.",
            doe=doe,
            retry_after=seconds,
        )


def delegated_scopes(*, mail: bool, folder: bool, imap: bool, smtp: bool) -> dict[Resource, tuple[str, ...]]:
    """Say what a person is asked to permit; ``offline_access``, to stay signed in, is asked by msal itself.

    Args:
        mail: The mailbox is read or sent from through Graph.
        folder: A folder in SharePoint or OneDrive is read.
        imap: The mailbox is read by IMAP.
        smtp: Mail is sent by SMTP.
    """
    of_graph = (("Mail.ReadWrite.Shared", mail), ("Mail.Send.Shared", mail), ("Sites.Selected", folder))
    of_mail = (("IMAP.AccessAsUser.All", imap), ("SMTP.Send", smtp))
    asked = {
        Resource.GRAPH: tuple(f"https://graph.microsoft.com/{name}" for name, wanted in of_graph if wanted),
        Resource.MAIL: tuple(f"https://outlook.office.com/{name}" for name, wanted in of_mail if wanted),
    }
    return {resource: scopes for resource, scopes in asked.items() if scopes}


def silence_libraries() -> None:
    """Keep the libraries out of every log: at DEBUG, and O365 in errors too, they write tokens and addresses.

    What there is now says nothing at all; what is imported later ends here. So a level that is set
    elsewhere, on them or on the root, lets nothing through.
    """
    for name in _TALKATIVE:
        talkative = logging.getLogger(name)
        talkative.setLevel(logging.CRITICAL + 1)
        talkative.propagate = False
        if not talkative.handlers:
            talkative.addHandler(logging.NullHandler())
    for name in tuple(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in _TALKATIVE:
            logging.getLogger(name).disabled = True


def _new_application(identity: Identity, backend: BaseTokenBackend) -> msal.ClientApplication:
    """Make the msal application, with the token backend of O365 as its cache.

    Raises:
        SignInRefusedError: There is no certificate or secret.
    """
    authority = f"https://login.microsoftonline.com/{identity.tenant}"
    if identity.tokens is not None:
        return msal.PublicClientApplication(
            identity.app, authority=authority, token_cache=backend, timeout=_TIMEOUT_SECONDS
        )
    return msal.ConfidentialClientApplication(
        identity.app,
        client_credential=_credential(identity),
        authority=authority,
        token_cache=backend,
        timeout=_TIMEOUT_SECONDS,
    )


def _new_account(identity: Identity) -> Account:
    """Make the O365 account, that asks with the tokens in its backend; nothing is asked of the server yet."""
    by_person = identity.tokens is not None
    backend = FileTokens(identity.tokens) if identity.tokens is not None else MemoryTokens()
    backend.load_token()
    return Account(
        (identity.app,) if by_person else (identity.app, "held by msal"),
        auth_flow_type="public" if by_person else "credentials",
        tenant_id=identity.tenant,
        main_resource=identity.mailbox,
        token_backend=backend,
        default_headers=dict(IMMUTABLE),
        timezone="UTC",
        timeout=_TIMEOUT_SECONDS,
        request_retries=0,
        requests_delay=0,
    )


def _credential(identity: Identity) -> str | dict[str, str]:
    """Read the secret, or the certificate with its key."""
    if identity.certificate is None:
        secret = os.environ.get(identity.secret_variable, "")
        if not secret:
            raise SignInRefusedError(
                f"environment variable {identity.secret_variable!r} holds no secret",
                wat="Het geheim voor Microsoft 365 ontbreekt.",
                doe=f"Zet het in de omgevingsvariabele {identity.secret_variable} van de dienst.",
            )
        return secret
    try:
        pem = identity.certificate.read_text("ascii")
    except (OSError, ValueError) as fault:
        raise SignInRefusedError(
            "the certificate cannot be read",
            wat="Het certificaat voor Microsoft 365 kan niet worden gelezen.",
            doe="Leg het PEM-bestand, met certificaat en RSA-sleutel, waar dienst.toml het noemt.",
        ) from fault
    return {"private_key": pem, "public_certificate": pem}


def _told(identity: Identity) -> tuple[str, str]:
    """Say in Dutch what was refused, without a full stop, and what to do."""
    if identity.tokens is not None:
        return (
            "De aanmelding bij Microsoft 365 ontbreekt, is verlopen of is ingetrokken",
            "Laat de beheerder opnieuw aanmelden met: stukkenstroom login.",
        )
    if identity.certificate is not None:
        return (
            "Microsoft 365 weigert het certificaat van de toepassing",
            "Controleer in Entra of dit certificaat er staat en nog geldig is; stukkenstroom login test het.",
        )
    return (
        "Microsoft 365 weigert het geheim van de toepassing",
        "Maak in Microsoft Entra een nieuw geheim en geef dat de dienst; stukkenstroom login probeert het.",
    )


_AWAY = "Microsoft 365 is nu niet bereikbaar."


def _number_of(result: Mapping[str, Any]) -> str:
    """Give the number of Microsoft's reason (AADSTS…); its text is left out, it may hold names."""
    return str(next(iter(result.get("error_codes") or ()), ""))


@contextmanager
def _reaching() -> Iterator[None]:
    """Translate that the sign-in server cannot be reached."""
    try:
        yield
    except (requests.RequestException, MsalServiceError) as fault:
        raise PostbusAwayError(f"sign-in server: {type(fault).__name__}", wat=_AWAY) from None
