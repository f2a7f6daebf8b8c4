"""Microsoft 365: post of the council, mail to its members, and a folder in SharePoint or OneDrive."""

from pipeline.edges.microsoft.office365 import Microsoft
from pipeline.edges.microsoft.sign_in import Identity, Resource, SignIn, delegated_scopes

__all__ = ["Identity", "Microsoft", "Resource", "SignIn", "delegated_scopes"]
