"""Where Piccolo finds the database and the one app with all tables."""

from piccolo.conf.apps import AppRegistry

from events.kit.database import engine_for
from events.settings import settings

DB = engine_for(settings().database_url)
APP_REGISTRY = AppRegistry(apps=["events.piccolo_app"])
