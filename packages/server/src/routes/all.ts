// The whole table.

import type { Route } from '../routes.ts';
import type { Services } from '../services.ts';
import { activityRoutes } from './activity.ts';
import { auditRoutes } from './audit.ts';
import { automationRoutes } from './automations.ts';
import { backupRoutes } from './backups.ts';
import { deviceRoutes } from './devices.ts';
import { groupRoutes } from './groups.ts';
import { guestRoutes } from './guests.ts';
import { healthRoutes } from './health.ts';
import { historyRoutes } from './history.ts';
import { homeRoutes } from './home.ts';
import { liveRoutes } from './live.ts';
import { meRoutes } from './me.ts';
import { metricsRoutes } from './metrics.ts';
import { notificationRoutes } from './notifications.ts';
import { openApiRoutes } from './openapi.ts';
import { pendingRoutes } from './pending.ts';
import { peopleRoutes } from './people.ts';
import { pluginRoutes } from './plugins.ts';
import { rehearsalRoutes } from './rehearsals.ts';
import { repairRoutes } from './repairs.ts';
import { roomRoutes } from './rooms.ts';
import { sceneRoutes } from './scenes.ts';
import { scheduleRoutes } from './schedules.ts';
import { sessionRoutes } from './sessions.ts';
import { setupRoutes } from './setup.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';
import { variableRoutes } from './variables.ts';
import { webhookRoutes } from './webhooks.ts';
import { whyRoutes } from './why.ts';

export function allRoutes(services: Services): readonly Route[] {
  const groups = [
    healthRoutes,
    setupRoutes,
    sessionRoutes,
    meRoutes,
    homeRoutes,
    roomRoutes,
    deviceRoutes,
    groupRoutes,
    sceneRoutes,
    rehearsalRoutes,
    automationRoutes,
    pluginRoutes,
    activityRoutes,
    historyRoutes,
    peopleRoutes,
    variableRoutes,
    scheduleRoutes,
    notificationRoutes,
    webhookRoutes,
    pendingRoutes,
    whyRoutes,
    userRoutes,
    tokenRoutes,
    guestRoutes,
    auditRoutes,
    backupRoutes,
    repairRoutes,
    metricsRoutes,
    liveRoutes,
  ];
  const routes: Route[] = groups.flatMap((group) => group(services));
  routes.push(...openApiRoutes(services, () => routes));
  return routes;
}
