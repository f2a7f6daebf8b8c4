"""The sign-in of the fake: tokens for an application and for a person, and what refuses them."""

import base64
import hashlib
import json
import re
import time
import uuid
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from microsoft_fake.wire import Answer, Request, said

HOST = "login.microsoftonline.com"
TENANT = "tenant-1"
PERSON = "beheer@zandhof.example"


@dataclass
class Login:
    """Attributes: secrets by application, trusted certificates, and every token that was given."""

    secrets: dict[str, str] = field(default_factory=dict)
    certificates: list[x509.Certificate] = field(default_factory=list)
    approved: bool = True
    lifetime: int = 3600
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    given: int = 0
    asked: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)

    def revoke(self) -> None:
        """Believe no access token any longer."""
        self.tokens.clear()

    def believes(self, token: str) -> bool:
        return self.tokens.get(token, ("", 0.0))[1] > time.time()

    def answer(self, request: Request) -> Answer:
        if request.path == "/common/discovery/instance":
            return said(_INSTANCE)
        if request.path.endswith("/.well-known/openid-configuration"):
            return (
                said(_configuration()) if f"/{TENANT}/" in request.path else refusal("invalid_tenant", 90002)
            )
        if request.path.endswith("/devicecode"):
            self.devices.append(request.form["scope"])
            return said(
                {
                    "user_code": "ABCD-1234",
                    "device_code": str(len(self.devices) - 1),
                    "verification_uri": "https://microsoft.com/devicelogin",
                    "expires_in": 900,
                    "interval": 0,
                    "message": "-",
                }
            )
        self.asked.append(request.form.get("grant_type", ""))
        return self._token(request)

    def _token(self, request: Request) -> Answer:
        form = request.form
        match form["grant_type"]:
            case "client_credentials":
                if not self._knows(form):
                    return refusal("invalid_client", 7000215)
                return said(self._new_token(form["scope"]))
            case "refresh_token":
                if form["refresh_token"] not in self.refresh:
                    return refusal("invalid_grant", 700082)
                return said(self._for_person(form["scope"]))
            case _:
                if not self.approved:
                    return refusal("authorization_pending", 70016)
                return said(self._for_person(self.devices[int(form["device_code"])]))

    def _knows(self, form: dict[str, str]) -> bool:
        if "client_assertion" in form:
            return any(_signed_by(form["client_assertion"], one) for one in self.certificates)
        return (
            bool(form.get("client_secret")) and self.secrets.get(form["client_id"]) == form["client_secret"]
        )

    def _new_token(self, scope: str) -> dict[str, object]:
        self.given += 1
        token = f"sleutel-{self.given}-{uuid.uuid4().hex}"
        self.tokens[token] = (scope, time.time() + self.lifetime)
        return {
            "token_type": "Bearer",
            "expires_in": self.lifetime,
            "ext_expires_in": self.lifetime,
            "access_token": token,
        }

    def _for_person(self, scope: str) -> dict[str, object]:
        kept = f"blijvend-{uuid.uuid4().hex}"
        self.refresh[kept] = scope
        told = {"oid": "oid-1", "tid": TENANT, "preferred_username": PERSON, "sub": "sub-1", "aud": "app-1"}
        now = int(time.time())
        told |= {"iss": f"https://{HOST}/{TENANT}/v2.0", "exp": now + 3600, "iat": now, "ver": "2.0"}
        named = " ".join(one for one in scope.split() if one not in ("openid", "profile", "offline_access"))
        return {
            **self._new_token(scope),
            "scope": named,
            "refresh_token": kept,
            "client_info": _part({"uid": "oid-1", "utid": TENANT}),
            "id_token": f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(told)}.",
        }


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _signed_by(assertion: str, certificate: x509.Certificate) -> bool:
    """Check the signature of what an application asserts; also that it names the certificate."""
    head, claims, signature = assertion.split(".")
    told = json.loads(_bytes(head))
    der = certificate.public_bytes(Encoding.DER)
    named = _bytes(told.get("x5t#S256") or told.get("x5t") or "")
    if named not in (hashlib.sha256(der).digest(), hashlib.sha1(der).digest()):  # noqa: S324
        return False
    digest = hashes.SHA256()
    pad = (
        padding.PSS(mgf=padding.MGF1(digest), salt_length=padding.PSS.DIGEST_LENGTH)
        if told["alg"] == "PS256"
        else padding.PKCS1v15()
    )
    certificate.public_key().verify(_bytes(signature), f"{head}.{claims}".encode(), pad, digest)  # type: ignore[union-attr,call-arg,arg-type]
    return True


def refusal(name: str, number: int) -> Answer:
    text = f"AADSTS{number}: GEHEIME TEKST van de aanmelding"
    told = {"error": name, "error_description": text, "error_codes": [number]}
    return said(told, 400 if re.match("invalid_(grant|tenant)|authorization", name) else 401)


def _configuration() -> dict[str, str]:
    base = f"https://{HOST}/{TENANT}"
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "jwks_uri": f"{base}/keys",
    }


_INSTANCE = {
    "tenant_discovery_endpoint": f"https://{HOST}/{TENANT}/v2.0/.well-known/openid-configuration",
    "api-version": "1.1",
    "metadata": [{"preferred_network": HOST, "preferred_cache": HOST, "aliases": [HOST]}],
}
