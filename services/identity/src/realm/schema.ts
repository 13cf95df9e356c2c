import Type, { type Static } from 'typebox';

/** The fields of Keycloak's realm export that this provider acts on; an export has many more. */
export const realmSchema = Type.Object({
  realm: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }),
  displayName: Type.Optional(Type.String()),
  revokeRefreshToken: Type.Optional(Type.Boolean()),
  accessTokenLifespan: Type.Integer({ minimum: 30 }),
  ssoSessionIdleTimeout: Type.Integer({ minimum: 60 }),
  ssoSessionMaxLifespan: Type.Integer({ minimum: 60 }),
  accessCodeLifespan: Type.Integer({ minimum: 5 }),
  accessCodeLifespanLogin: Type.Integer({ minimum: 60 }),
  passwordPolicy: Type.Optional(Type.String()),
  bruteForceProtected: Type.Literal(true),
  failureFactor: Type.Integer({ minimum: 1 }),
  waitIncrementSeconds: Type.Integer({ minimum: 1 }),
  maxFailureWaitSeconds: Type.Integer({ minimum: 1 }),
  maxDeltaTimeSeconds: Type.Integer({ minimum: 1 }),
  roles: Type.Object({
    realm: Type.Array(Type.Object({ name: Type.String({ minLength: 1 }) })),
  }),
  clients: Type.Array(
    Type.Object({
      clientId: Type.String({ minLength: 1 }),
      name: Type.Optional(Type.String()),
      enabled: Type.Optional(Type.Boolean()),
      bearerOnly: Type.Optional(Type.Boolean()),
      publicClient: Type.Optional(Type.Boolean()),
      secret: Type.Optional(Type.String({ minLength: 16 })),
      standardFlowEnabled: Type.Optional(Type.Boolean()),
      implicitFlowEnabled: Type.Optional(Type.Boolean()),
      directAccessGrantsEnabled: Type.Optional(Type.Boolean()),
      serviceAccountsEnabled: Type.Optional(Type.Boolean()),
      consentRequired: Type.Optional(Type.Boolean()),
      rootUrl: Type.Optional(Type.String()),
      redirectUris: Type.Optional(Type.Array(Type.String())),
      attributes: Type.Optional(Type.Record(Type.String(), Type.String())),
      protocolMappers: Type.Optional(
        Type.Array(
          Type.Object({
            name: Type.String(),
            protocolMapper: Type.String(),
            config: Type.Record(Type.String(), Type.String()),
          }),
        ),
      ),
    }),
  ),
  users: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.Optional(Type.String({ format: 'uuid' })),
        username: Type.String({ minLength: 1 }),
        enabled: Type.Optional(Type.Boolean()),
        email: Type.Optional(Type.String()),
        emailVerified: Type.Optional(Type.Boolean()),
        firstName: Type.Optional(Type.String()),
        lastName: Type.Optional(Type.String()),
        attributes: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
        realmRoles: Type.Optional(Type.Array(Type.String())),
        clientRoles: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
        requiredActions: Type.Optional(Type.Array(Type.String())),
        serviceAccountClientId: Type.Optional(Type.String()),
        credentials: Type.Optional(
          Type.Array(
            Type.Object({
              type: Type.String(),
              value: Type.Optional(Type.String({ minLength: 1 })),
              temporary: Type.Optional(Type.Boolean()),
            }),
          ),
        ),
      }),
    ),
  ),
});

export type Realm = Readonly<Static<typeof realmSchema>>;
export type RealmClient = Realm['clients'][number];
export type RealmUser = NonNullable<Realm['users']>[number];
