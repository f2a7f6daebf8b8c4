"""Microsoft 365: post of the council, mail to its members, and a folder in SharePoint or OneDrive."""
