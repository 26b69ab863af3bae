/*
 * Made of the shop's OpenAPI document: npm run page-types -w apps/shop. Not to be edited.
 */

export interface paths {
    readonly "/graphql": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Asks the catalogue as a graph, in the address */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    /** @description an object, such as {"first":3} */
                    readonly extensions?: string;
                    /** @description the name of an operation in the query */
                    readonly operationName?: string;
                    /** @description a query of GraphQL as text, such as "{ categories { slug } }" */
                    readonly query: string;
                    /** @description an object, such as {"first":3} */
                    readonly variables?: string;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description What was found, and what could not be. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["GraphAnswer"];
                    };
                };
            };
        };
        readonly put?: never;
        /** Asks the catalogue as a graph */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        readonly extensions?: {
                            readonly [key: string]: unknown;
                        } | null;
                        readonly operationName?: string | null;
                        /** @description a query of GraphQL as text, such as "{ categories { slug } }" */
                        readonly query: string;
                        readonly variables?: {
                            readonly [key: string]: unknown;
                        } | null;
                    };
                };
            };
            readonly responses: {
                /** @description What was found, and what could not be. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["GraphAnswer"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One’s accounts */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description All of them. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Account"][];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /** Opens an account */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewAccount"];
                };
            };
            readonly responses: {
                /** @description The account. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An account */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of an account, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The account. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts/{id}/deposits": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Money comes in from outside
         * @description Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and no more money is moved.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description Of this request and its repetitions only, such as a UUID. Kept for 24 hours. */
                    readonly "idempotency-key": string;
                };
                readonly path: {
                    /** @description the id of an account, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewDeposit"];
                };
            };
            readonly responses: {
                /** @description The transfer. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Transfer"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/accounts/{id}/entries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The statement of an account, the newest entry first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of the same list */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of an account, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice of it. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["LedgerEntry"][];
                            /** @description Where the next slice begins; null after the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Signs in by tokens */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /**
                         * Format: email
                         * @description an e-mail address such as "ada@shop.example", with at most 254 characters
                         */
                        readonly email: string;
                        /** Format: password */
                        readonly password: string;
                    };
                };
            };
            readonly responses: {
                /** @description An access token, and a refresh token in a cookie. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly access_token: string;
                            /** @description In seconds. */
                            readonly expires_in: number;
                            /** @constant */
                            readonly token_type: "Bearer";
                            readonly user: components["schemas"]["User"];
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ends the sign-in of the access token */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It has ended. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/logout-everywhere": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ends all tokens and sessions of the user */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It has ended. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/providers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Says with whom one can sign in, beside e-mail and password */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The identity providers. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description Accounts for trying the shop out; in development only. */
                            readonly demoAccounts: readonly {
                                readonly email: string;
                                readonly name: string;
                                readonly password: string;
                                readonly roles: readonly ("customer" | "staff" | "admin")[];
                            }[];
                            readonly items: readonly {
                                /** @description Where a browser begins, with the query `returnTo=/path`: where it wants to be afterwards, signed in by a session. */
                                readonly href: string;
                                /** @description What visitors know it by. */
                                readonly name: string;
                            }[];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/refresh": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Exchanges the refresh token for the next one, and an access token
         * @description A refresh token that comes a second time ends its whole sign-in.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description An access token, and a refresh token in a cookie. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly access_token: string;
                            /** @description In seconds. */
                            readonly expires_in: number;
                            /** @constant */
                            readonly token_type: "Bearer";
                            readonly user: components["schemas"]["User"];
                        };
                    };
                };
            };
        };
        /** Ends the sign-in of the refresh token */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It has ended. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/register": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Makes a new customer */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /**
                         * Format: email
                         * @description an e-mail address such as "ada@shop.example", with at most 254 characters
                         */
                        readonly email: string;
                        /** @description a line of text with 1 to 80 characters */
                        readonly name: string;
                        /** Format: password */
                        readonly password: string;
                    };
                };
            };
            readonly responses: {
                /** @description The user. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["User"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Says who is signed in by the session, and gives the token that writes need */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Who is signed in. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description For `X-CSRF-Token` of what writes with this session. */
                            readonly csrfToken: string;
                            readonly user: components["schemas"]["User"];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /** Signs in by a session */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /**
                         * Format: email
                         * @description an e-mail address such as "ada@shop.example", with at most 254 characters
                         */
                        readonly email: string;
                        /** Format: password */
                        readonly password: string;
                    };
                };
            };
            readonly responses: {
                /** @description Who is signed in. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description For `X-CSRF-Token` of what writes with this session. */
                            readonly csrfToken: string;
                            readonly user: components["schemas"]["User"];
                        };
                    };
                };
            };
        };
        /** Ends the session */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It has ended. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cart": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The cart, with prices and stock of now */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: {
                    /** @description By which the cart of a guest is known. Browsers get it with the first thing that is put in. */
                    readonly cart?: string;
                };
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The cart as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Cart"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        /** Takes everything out */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: {
                    /** @description By which the cart of a guest is known. Browsers get it with the first thing that is put in. */
                    readonly cart?: string;
                };
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The cart as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Cart"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cart/lines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Puts more of a product in */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: {
                    /** @description By which the cart of a guest is known. Browsers get it with the first thing that is put in. */
                    readonly cart?: string;
                };
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewCartLine"];
                };
            };
            readonly responses: {
                /** @description The cart as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Cart"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cart/lines/{productId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Takes a product out */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: {
                    /** @description By which the cart of a guest is known. Browsers get it with the first thing that is put in. */
                    readonly cart?: string;
                };
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The cart as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Cart"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        /** Says how many of a product */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: {
                    /** @description By which the cart of a guest is known. Browsers get it with the first thing that is put in. */
                    readonly cart?: string;
                };
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CartLineChange"];
                };
            };
            readonly responses: {
                /** @description The cart as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Cart"];
                    };
                };
            };
        };
        readonly trace?: never;
    };
    readonly "/v1/categories": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the categories and counts their products */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description All categories, by name. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Category"][];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chat/rooms": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the rooms that you can enter, and counts what you have not read */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description All of them. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["ChatRoomSummary"][];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /** Makes a private room for you and others */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewChatRoom"];
                };
            };
            readonly responses: {
                /** @description The room. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChatRoom"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chat/rooms/{room}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Reads a room, and how far who has read */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of a room, such as "support" */
                    readonly room: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The room. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChatRoomWithReads"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chat/rooms/{room}/members/{user}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Lets somebody into a room of yours */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description the id of a room, such as "support" */
                    readonly room: string;
                    /** @description the id of a user */
                    readonly user: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The room as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ChatRoom"];
                    };
                };
            };
        };
        readonly post?: never;
        /** Leaves a room, or puts somebody out of one of yours */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description the id of a room, such as "support" */
                    readonly room: string;
                    /** @description the id of a user */
                    readonly user: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description They are out. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/chat/rooms/{room}/messages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Gives what was said in a room, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of a history */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of a room, such as "support" */
                    readonly room: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice; `nextCursor` goes on. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["ChatMessage"][];
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/exports/products": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Gives all products that match as a file, as a stream
         * @description What stands in `format` comes before `Accept`. Cells that begin as a formula get an apostrophe.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the slug of a category, such as "tea-and-coffee" */
                    readonly category?: string;
                    /** @description one of csv, ndjson */
                    readonly format?: "csv" | "ndjson";
                    /** @description true or false */
                    readonly inStock?: "true" | "false";
                    /** @description a whole number of cents from 0 to 100000000 */
                    readonly maxPrice?: number;
                    /** @description a whole number of cents from 0 to 100000000 */
                    readonly minPrice?: number;
                    /** @description at most 100 characters and 8 words */
                    readonly q?: string;
                    /** @description one of name, -name, price, -price, stock, -stock, created, -created */
                    readonly sort?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description CSV with a head, or one JSON object a line. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/x-ndjson": string;
                        readonly "text/csv": string;
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the images of several products */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    /** @description 1 to 100 ids of products with commas between them, such as 1,2,3 */
                    readonly products: string;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description By product. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Image"][];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/live-stock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Sends stocks as they change, as server-sent events
         * @description The first event is `snapshot` with `{"products":[...]}`; each change is `stock` with one `StockLevel`. Who comes back with the id of the last event gets what was missed, or `reset` with all anew. The field `Last-Event-ID` comes before the parameter.
         */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    /** @description the id of the last event that was seen */
                    readonly lastEventId?: string;
                    /** @description 1 to 100 ids of products with commas between them, such as "1,2,3" */
                    readonly products: string;
                };
                readonly header?: {
                    /** @description the id of the last event that was seen */
                    readonly "last-event-id"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A stream that does not end by itself. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/event-stream": string;
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/live-stock/changes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Answers when stocks change, by long polling */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    /** @description 1 to 100 ids of products with commas between them, such as "1,2,3" */
                    readonly products: string;
                    /** @description the "since" of the last answer */
                    readonly since?: string;
                    /** @description a whole number of seconds from 0 to 25 */
                    readonly wait?: number;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description What changed, or all of it. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["StockChanges"];
                    };
                };
                /** @description Nothing changed while you waited. Ask again with the same `since`. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/notifications": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists your notifications, the newest first, and counts the unread */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of a list */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                    /** @description true or false */
                    readonly unread?: "true" | "false";
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice; `nextCursor` goes on. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Notification"][];
                            readonly nextCursor: string | null;
                            readonly unread: number;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/notifications/{id}/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Marks one as read */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description the id of a notification, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description How many are left unread. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly unread: number;
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/notifications/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Marks all as read, or those up to one that you have seen
         * @description The body may be left out.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ReadNotifications"];
                };
            };
            readonly responses: {
                /** @description How many are left unread. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly unread: number;
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One’s orders, the newest first
         * @description The list is a moment behind the orders.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of the same list */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                    /** @description one of placed, confirmed, shipped, cancelled */
                    readonly status?: "placed" | "confirmed" | "shipped" | "cancelled";
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice of the list. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["OrderSummary"][];
                            /** @description Where the next slice begins; null after the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Places an order of `lines`, or of what is in the cart
         * @description Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and nothing is ordered again.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description Of this request and its repetitions only, such as a UUID. Kept for 24 hours. */
                    readonly "idempotency-key": string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewOrder"];
                };
            };
            readonly responses: {
                /** @description The order. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Order"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An order */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of an order, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The order. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Order"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders/{id}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Cancels an order
         * @description Customers can until it is confirmed, who has `orders:write` until it is shipped. The body may be left out.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description The ETag as it was read, or `*`. */
                    readonly "if-match": string;
                };
                readonly path: {
                    /** @description the id of an order, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["Cancellation"];
                };
            };
            readonly responses: {
                /** @description The order. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Order"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders/{id}/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Confirms an order; it is shipped then */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description The ETag as it was read, or `*`. */
                    readonly "if-match": string;
                };
                readonly path: {
                    /** @description the id of an order, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": Record<string, never>;
                };
            };
            readonly responses: {
                /** @description The order. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Order"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists, filters, sorts and searches products */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the slug of a category, such as "tea-and-coffee" */
                    readonly category?: string;
                    /** @description the nextCursor of a list in the same order */
                    readonly cursor?: string;
                    /** @description true or false */
                    readonly inStock?: "true" | "false";
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                    /** @description a whole number of cents from 0 to 100000000 */
                    readonly maxPrice?: number;
                    /** @description a whole number of cents from 0 to 100000000 */
                    readonly minPrice?: number;
                    /** @description a whole number from 1 to 10001 */
                    readonly page?: number;
                    /** @description at most 100 characters and 8 words */
                    readonly q?: string;
                    /** @description one of name, -name, price, -price, stock, -stock, created, -created */
                    readonly sort?: string;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description One page, or the slice after a cursor. `Link` names the neighbours. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["ProductV1"][];
                            readonly nextCursor: string | null;
                            readonly page?: {
                                readonly items: number;
                                readonly number: number;
                                readonly pages: number;
                                readonly size: number;
                            };
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /** Creates a product */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewProductV1"];
                };
            };
            readonly responses: {
                /** @description It was created. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProductV1"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Reads a product */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The product. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProductV1"];
                    };
                };
            };
        };
        /** Replaces a product that nobody has changed meanwhile */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description The ETag as it was read, or `*`. */
                    readonly "if-match": string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewProductV1"];
                };
            };
            readonly responses: {
                /** @description The product as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProductV1"];
                    };
                };
            };
        };
        readonly post?: never;
        /** Removes a product; keeps to If-Match when it is there */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag as it was read, or `*`. */
                    readonly "if-match"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It is gone. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        /** Changes the fields sent of a product that nobody has changed meanwhile */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description The ETag as it was read, or `*`. */
                    readonly "if-match": string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly id: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ProductChangesV1"];
                    readonly "application/merge-patch+json": components["schemas"]["ProductChangesV1"];
                };
            };
            readonly responses: {
                /** @description The product as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProductV1"];
                    };
                };
            };
        };
        readonly trace?: never;
    };
    readonly "/v1/products/{product}/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the images of a product */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly product: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description In the order in which they came. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Image"][];
                        };
                    };
                };
            };
        };
        readonly put?: never;
        /** Uploads images of a product: all of them or none */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description an id that you choose, a UUID in small letters */
                    readonly "upload-id"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly product: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "multipart/form-data": {
                        /**
                         * @description a line of text with at most 200 characters
                         * @default
                         */
                        readonly alt?: string;
                        readonly image: readonly string[];
                    };
                };
            };
            readonly responses: {
                /** @description The images. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Image"][];
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/products/{product}/images/{image}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Tells of an image */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of an image, a UUID in small letters */
                    readonly image: string;
                    /** @description a whole number from 1 to 2147483647 */
                    readonly product: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The image. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Image"];
                    };
                };
            };
        };
        /** Gives an image another content */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description an id that you choose, a UUID in small letters */
                    readonly "upload-id"?: string;
                };
                readonly path: {
                    /** @description the id of an image, a UUID in small letters */
                    readonly image: string;
                    /** @description a whole number from 1 to 2147483647 */
                    readonly product: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "multipart/form-data": {
                        /** @description a line of text with at most 200 characters */
                        readonly alt?: string;
                        /** Format: binary */
                        readonly image: string;
                    };
                };
            };
            readonly responses: {
                /** @description The image as it is now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Image"];
                    };
                };
            };
        };
        readonly post?: never;
        /** Removes an image and its file */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description the id of an image, a UUID in small letters */
                    readonly image: string;
                    /** @description a whole number from 1 to 2147483647 */
                    readonly product: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description It is gone. */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/staff/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Events that could not be delivered and were given up, the oldest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of the same list */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice of the list. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["DeadEvent"][];
                            /** @description Where the next slice begins; null after the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/staff/events/{id}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Has one of them tried anew */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description the id of an event, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description How many wait to be delivered now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly retried: number;
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/staff/events/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Has all of them tried anew */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description How many wait to be delivered now. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly retried: number;
                        };
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/staff/orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All orders, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of the same list */
                    readonly cursor?: string;
                    /** @description a time such as 2025-06-01T00:00:00Z, in the years 1 to 9999 */
                    readonly from?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                    /** @description a whole number of cents from 0 to 1000000000 */
                    readonly minTotal?: number;
                    /** @description one of placed, confirmed, shipped, cancelled */
                    readonly status?: "placed" | "confirmed" | "shipped" | "cancelled";
                    /** @description a time such as 2025-06-01T00:00:00Z, in the years 1 to 9999 */
                    readonly until?: string;
                    /** @description the id of a user */
                    readonly user?: string;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice of the list. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["StaffOrderSummary"][];
                            /** @description Where the next slice begins; null after the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock/{productId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Says how many pieces of a product there are */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The stock. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Stock"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock/{productId}/corrections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sets the stock to what was counted, and says why it differs */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["StockCorrection"];
                };
            };
            readonly responses: {
                /** @description The line of the ledger. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["StockMovement"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock/{productId}/movements": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the ledger of a product’s stock, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description the nextCursor of the same list */
                    readonly cursor?: string;
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description A slice; `nextCursor` goes on. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["StockMovement"][];
                            /** @description Where the next slice begins; null after the last. */
                            readonly nextCursor: string | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock/{productId}/receipts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Adds pieces that came in */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    /** @description a whole number from 1 to 2147483647 */
                    readonly productId: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["StockReceipt"];
                };
            };
            readonly responses: {
                /** @description The line of the ledger. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["StockMovement"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transfers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Moves money from an account to another one
         * @description Sent again with the same `Idempotency-Key`, it gives the same answer, with `Idempotent-Replayed`, and no more money is moved.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header: {
                    /** @description Of this request and its repetitions only, such as a UUID. Kept for 24 hours. */
                    readonly "idempotency-key": string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewTransfer"];
                };
            };
            readonly responses: {
                /** @description The transfer. */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Transfer"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transfers/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A transfer between accounts, of which one is one’s own */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of a transfer, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The transfer. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Transfer"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads/{upload}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Tells how far an upload of yours is
         * @description As JSON how it is now, as `text/event-stream` how it goes on, to its end.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the Upload-Id that was sent with the upload, a UUID in small letters */
                    readonly upload: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The progress. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description Bytes of files that are stored. */
                            readonly received: number;
                            /** @enum {string} */
                            readonly state: "receiving" | "done" | "failed";
                            /** @description Bytes of the whole request; null when it does not say so. */
                            readonly total: number | null;
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Lists the users in the order in which they came */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description a whole number from 1 to 100 */
                    readonly limit?: number;
                    /** @description a whole number from 1 to 1000 */
                    readonly page?: number;
                    /** @description one of customer, staff, admin */
                    readonly role?: "customer" | "staff" | "admin";
                };
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description One page. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["User"][];
                            readonly page: {
                                readonly items: number;
                                readonly number: number;
                                readonly pages: number;
                                readonly size: number;
                            };
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/users/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Reads a user: oneself, or others with users:manage */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path: {
                    /** @description the id of a user, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The user. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["User"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Gives a user other roles
         * @description What the user has signed in with ends; a refresh token stays good and brings the new roles.
         */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description the ETag of the user as you read it, or * */
                    readonly "if-match"?: string;
                };
                readonly path: {
                    /** @description the id of a user, a UUID in small letters */
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /** @description a list with at least one of customer, staff, admin */
                        readonly roles: readonly ("customer" | "staff" | "admin")[];
                    };
                    readonly "application/merge-patch+json": {
                        /** @description a list with at least one of customer, staff, admin */
                        readonly roles: readonly ("customer" | "staff" | "admin")[];
                    };
                };
            };
            readonly responses: {
                /** @description The user. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["User"];
                    };
                };
            };
        };
        readonly trace?: never;
    };
    readonly "/v1/users/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Says who asks */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: {
                    /** @description The ETag of what you have. 304: it is still so. */
                    readonly "if-none-match"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The user. */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["User"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Account: {
            readonly balance: components["schemas"]["Money"];
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            /** Format: date-time */
            readonly openedAt: string;
            /** @description The id of a user; null for the shop’s own. */
            readonly owner: string | null;
        };
        /**
         * @description a JSON object such as {"reason":"ordered twice"}
         * @default {}
         * @example {
         *       "reason": "ordered twice"
         *     }
         */
        readonly Cancellation: {
            /**
             * @description a line of text with 3 to 200 characters
             * @default cancelled by the customer
             */
            readonly reason?: string;
        };
        readonly Cart: {
            readonly lines: readonly {
                /** @description Whether as many could be had just now. */
                readonly available: boolean;
                /** @description As it is sold now; null when it is no longer. */
                readonly product: {
                    readonly name: string;
                    readonly price: components["schemas"]["Money"];
                    readonly sku: string;
                    readonly stock: number;
                } | null;
                readonly productId: number;
                readonly quantity: number;
                readonly total: components["schemas"]["Money"] | null;
            }[];
            readonly total: components["schemas"]["Money"];
        };
        /**
         * @description a JSON object such as {"quantity":2}
         * @example {
         *       "quantity": 2
         *     }
         */
        readonly CartLineChange: {
            /** @description a whole number of pieces from 1 to 999 */
            readonly quantity: number;
        };
        readonly Category: {
            readonly name: string;
            /** @description How many products it has. */
            readonly products: number;
            readonly slug: string;
        };
        readonly CategoryName: {
            readonly name: string;
            readonly slug: string;
        };
        readonly ChatMessage: {
            readonly author: {
                readonly id: string;
                readonly name: string;
            };
            /** @description What the client that sent it has called it. */
            readonly clientId: string;
            readonly id: string;
            /** @description Ids of users who are named in it. */
            readonly mentions: readonly string[];
            readonly roomId: string;
            /** Format: date-time */
            readonly sentAt: string;
            /** @description Its place in the room: 1, 2, 3, without gaps. */
            readonly sequence: number;
            readonly text: string;
        };
        readonly ChatRoom: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly id: string;
            /** @enum {string} */
            readonly kind: "public" | "private";
            /** @description The number of its newest message. */
            readonly lastSequence: number;
            /** @description Ids of users; none, when the room is public. */
            readonly members: readonly string[];
            /** @description Null for the rooms of the shop. */
            readonly ownerId: string | null;
            readonly title: string;
        };
        readonly ChatRoomSummary: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly id: string;
            /** @enum {string} */
            readonly kind: "public" | "private";
            /** @description The number of its newest message. */
            readonly lastSequence: number;
            /** @description Ids of users; none, when the room is public. */
            readonly members: readonly string[];
            /** @description Null for the rooms of the shop. */
            readonly ownerId: string | null;
            readonly title: string;
            readonly unread: number;
        };
        readonly ChatRoomWithReads: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly id: string;
            /** @enum {string} */
            readonly kind: "public" | "private";
            /** @description The number of its newest message. */
            readonly lastSequence: number;
            /** @description Ids of users; none, when the room is public. */
            readonly members: readonly string[];
            /** @description Null for the rooms of the shop. */
            readonly ownerId: string | null;
            /** @description How far who has read. */
            readonly reads: readonly {
                readonly sequence: number;
                readonly userId: string;
            }[];
            readonly title: string;
        };
        readonly DeadEvent: {
            /** @description To what: `order:<id>`. */
            readonly aggregate: string;
            readonly attempts: number;
            /** @description When it was given up. */
            readonly diedAt: string | null;
            /** Format: uuid */
            readonly id: string;
            /** @description Why the last attempt failed. */
            readonly lastError: string | null;
            /** Format: date-time */
            readonly occurredAt: string;
            /** @description What has happened: `order.placed`. */
            readonly type: string;
        };
        readonly GraphAnswer: {
            readonly data?: {
                readonly [key: string]: unknown;
            } | null;
            readonly errors?: readonly {
                readonly extensions?: {
                    readonly code?: string;
                } & {
                    readonly [key: string]: unknown;
                };
                readonly locations?: readonly {
                    readonly column: number;
                    readonly line: number;
                }[];
                readonly message: string;
                readonly path?: readonly (string | number)[];
            }[];
        };
        readonly Image: {
            readonly alt: string;
            readonly bytes: number;
            /** Format: date-time */
            readonly createdAt: string;
            readonly height: number;
            readonly id: string;
            readonly product: number;
            readonly type: string;
            /** @description Of the file. It never changes its content; another content has another address. */
            readonly url: string;
            readonly width: number;
        };
        readonly Issue: {
            /** @description What is wrong, for programs: `required`, `too_big`. */
            readonly code: string;
            /** @enum {string} */
            readonly in: "body" | "cookies" | "files" | "headers" | "params" | "query";
            /** @description For people. */
            readonly message: string;
            /** @description The keys that lead to it, such as `["price", "amount"]`; empty for the whole. */
            readonly path: readonly (string | number)[];
        } & {
            readonly [key: string]: unknown;
        };
        readonly LedgerEntry: {
            readonly amount: components["schemas"]["Money"];
            /** Format: date-time */
            readonly at: string;
            readonly balanceAfter: components["schemas"]["Money"];
            readonly id: number;
            /** Format: uuid */
            readonly transferId: string;
        };
        readonly Money: {
            /** @description In the minor unit of the currency: 1290 EUR is 12.90 euros. */
            readonly amount: number;
            /** @enum {string} */
            readonly currency: "CHF" | "EUR" | "GBP" | "JPY" | "USD";
        };
        /**
         * @description a JSON object such as {"name":"Savings","currency":"EUR"}
         * @example {
         *       "name": "Savings",
         *       "currency": "EUR"
         *     }
         */
        readonly NewAccount: {
            /**
             * @description one of CHF, EUR, GBP, JPY, USD
             * @enum {string}
             */
            readonly currency: "CHF" | "EUR" | "GBP" | "JPY" | "USD";
            /** @description a line of text with 1 to 80 characters */
            readonly name: string;
        };
        /**
         * @description a JSON object such as {"productId":7,"quantity":2}
         * @example {
         *       "productId": 7,
         *       "quantity": 2
         *     }
         */
        readonly NewCartLine: {
            /** @description a whole number from 1 to 2147483647 */
            readonly productId: number;
            /**
             * @description a whole number of pieces from 1 to 999
             * @default 1
             */
            readonly quantity?: number;
        };
        /**
         * @description a JSON object with title and members
         * @example {
         *       "title": "Tea",
         *       "members": [
         *         "0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
         *       ]
         *     }
         */
        readonly NewChatRoom: {
            /** @description a list of 1 to 49 different ids of users, each with at most 64 letters, digits, and . : @ _ - */
            readonly members: readonly string[];
            /** @description a line of text with 1 to 80 characters */
            readonly title: string;
        };
        /**
         * @description a JSON object such as {"amount":{"amount":1290,"currency":"EUR"}}
         * @example {
         *       "amount": {
         *         "amount": 1290,
         *         "currency": "EUR"
         *       },
         *       "note": "paid in cash"
         *     }
         */
        readonly NewDeposit: {
            /** @description an amount and a currency, such as {"amount":1290,"currency":"EUR"} */
            readonly amount: {
                /** @description a whole number of minor units from 1 to 10000000000 */
                readonly amount: number;
                /**
                 * @description one of CHF, EUR, GBP, JPY, USD
                 * @enum {string}
                 */
                readonly currency: "CHF" | "EUR" | "GBP" | "JPY" | "USD";
            };
            /**
             * @description a line of text with at most 140 characters
             * @default
             */
            readonly note?: string;
        };
        /**
         * @description a JSON object such as {"shipTo":{"country":"NL","postalCode":"1012 AB"}}
         * @example {
         *       "shipTo": {
         *         "country": "NL",
         *         "postalCode": "1012 AB"
         *       }
         *     }
         * @example {
         *       "lines": [
         *         {
         *           "productId": 7,
         *           "quantity": 2
         *         }
         *       ],
         *       "shipTo": {
         *         "country": "NL",
         *         "postalCode": "1012 AB"
         *       },
         *       "level": "express"
         *     }
         */
        readonly NewOrder: {
            /**
             * @description one of standard, express, pickup
             * @default standard
             * @enum {string}
             */
            readonly level?: "standard" | "express" | "pickup";
            /** @description a list of 1 to 50 lines such as {"productId":7,"quantity":2} */
            readonly lines?: readonly {
                /** @description a whole number from 1 to 2147483647 */
                readonly productId: number;
                /** @description a whole number of pieces from 1 to 999 */
                readonly quantity: number;
            }[];
            /** @description a country and a postal code, such as {"country":"NL","postalCode":"1012 AB"} */
            readonly shipTo: {
                /**
                 * @description a country by its two capital letters of ISO 3166-1, such as "NL"
                 * @enum {string}
                 */
                readonly country: "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW";
                /** @description 2 to 10 letters, digits, spaces and hyphens, such as "1012 AB" */
                readonly postalCode: string;
            };
        };
        /**
         * @description a JSON object with the fields of a product
         * @example {
         *       "sku": "TEA-9001",
         *       "name": "Travel Teapot",
         *       "description": "For the way there.",
         *       "category": "tea-and-coffee",
         *       "price": {
         *         "amount": 4900,
         *         "currency": "EUR"
         *       },
         *       "stock": 12
         *     }
         */
        readonly NewProductV1: {
            /** @description the slug of a category, such as "tea-and-coffee" */
            readonly category: string;
            /**
             * @description text with at most 2000 characters
             * @default
             */
            readonly description?: string;
            /** @description a line of text with 1 to 120 characters */
            readonly name: string;
            /** @description an amount and a currency, such as {"amount":1290,"currency":"EUR"} */
            readonly price: {
                /** @description a whole number of cents from 0 to 100000000 */
                readonly amount: number;
                /**
                 * @description "EUR"
                 * @constant
                 */
                readonly currency: "EUR";
            };
            /** @description 3 to 32 capital letters, digits and hyphens, such as "TEA-0103" */
            readonly sku: string;
            /** @description a whole number of pieces from 0 to 1000000 */
            readonly stock: number;
        };
        /**
         * @description a JSON object such as {"from":"<id>","to":"<id>","amount":{"amount":1290,"currency":"EUR"}}
         * @example {
         *       "from": "0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
         *       "to": "0197f2c0-1a2b-7c3d-9e4f-0f9e8d7c6b5a",
         *       "amount": {
         *         "amount": 1290,
         *         "currency": "EUR"
         *       },
         *       "note": "for the tea"
         *     }
         */
        readonly NewTransfer: {
            /** @description an amount and a currency, such as {"amount":1290,"currency":"EUR"} */
            readonly amount: {
                /** @description a whole number of minor units from 1 to 10000000000 */
                readonly amount: number;
                /**
                 * @description one of CHF, EUR, GBP, JPY, USD
                 * @enum {string}
                 */
                readonly currency: "CHF" | "EUR" | "GBP" | "JPY" | "USD";
            };
            /**
             * Format: uuid
             * @description the id of an account, a UUID in small letters
             */
            readonly from: string;
            /**
             * @description a line of text with at most 140 characters
             * @default
             */
            readonly note?: string;
            /**
             * Format: uuid
             * @description the id of an account, a UUID in small letters
             */
            readonly to: string;
        };
        readonly Notification: {
            /** Format: date-time */
            readonly createdAt: string;
            /** @description What it is about: `orderId` of an order, `roomId` and `messageId` of a message. */
            readonly data: {
                readonly [key: string]: string | number;
            };
            /** Format: uuid */
            readonly id: string;
            /** @enum {string} */
            readonly kind: "order-confirmed" | "order-cancelled" | "order-shipped" | "chat-mention";
            readonly readAt: string | null;
            /** @description One line, for people. */
            readonly title: string;
        };
        readonly Order: {
            readonly cancellation: string | null;
            /** Format: uuid */
            readonly id: string;
            /** @enum {string} */
            readonly level: "standard" | "express" | "pickup";
            readonly lines: readonly {
                readonly name: string;
                readonly price: components["schemas"]["Money"];
                readonly productId: number;
                readonly quantity: number;
                readonly sku: string;
                readonly total: components["schemas"]["Money"];
            }[];
            /** Format: date-time */
            readonly placedAt: string;
            readonly shipTo: {
                readonly country: string;
                readonly postalCode: string;
            };
            /** @enum {string} */
            readonly status: "placed" | "confirmed" | "shipped" | "cancelled";
            readonly total: components["schemas"]["Money"];
            readonly tracking: string | null;
            /** Format: date-time */
            readonly updatedAt: string;
            readonly user: string;
            readonly version: number;
        };
        readonly OrderSummary: {
            /** Format: uuid */
            readonly id: string;
            readonly pieces: number;
            /** Format: date-time */
            readonly placedAt: string;
            /** @enum {string} */
            readonly status: "placed" | "confirmed" | "shipped" | "cancelled";
            readonly title: string;
            readonly total: components["schemas"]["Money"];
            /** Format: date-time */
            readonly updatedAt: string;
            readonly user: string;
            readonly version: number;
        };
        /** @description RFC 9457. `issues` names each field that is wrong, and what would be right. */
        readonly Problem: {
            readonly code: string;
            readonly detail: string;
            readonly issues?: readonly components["schemas"]["Issue"][];
            readonly status: number;
            readonly title: string;
            /** @description The address of its explanation. */
            readonly type: string;
        } & {
            readonly [key: string]: unknown;
        };
        /**
         * @description a JSON object with the fields of a product
         * @example {
         *       "stock": 11
         *     }
         */
        readonly ProductChangesV1: {
            /** @description the slug of a category, such as "tea-and-coffee" */
            readonly category?: string;
            /** @description text with at most 2000 characters */
            readonly description?: string;
            /** @description a line of text with 1 to 120 characters */
            readonly name?: string;
            /** @description an amount and a currency, such as {"amount":1290,"currency":"EUR"} */
            readonly price?: {
                /** @description a whole number of cents from 0 to 100000000 */
                readonly amount: number;
                /**
                 * @description "EUR"
                 * @constant
                 */
                readonly currency: "EUR";
            };
            /** @description 3 to 32 capital letters, digits and hyphens, such as "TEA-0103" */
            readonly sku?: string;
            /** @description a whole number of pieces from 0 to 1000000 */
            readonly stock?: number;
        };
        readonly ProductV1: {
            readonly category: components["schemas"]["CategoryName"];
            /** Format: date-time */
            readonly createdAt: string;
            readonly description: string;
            readonly id: number;
            readonly name: string;
            readonly price: {
                /** @description In the minor unit of the currency. */
                readonly amount: number;
                readonly currency: string;
            };
            readonly sku: string;
            readonly stock: number;
            /** Format: date-time */
            readonly updatedAt: string;
            readonly version: number;
        };
        /**
         * @description a JSON object with upTo, or without fields
         * @default {}
         * @example {
         *       "upTo": "0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
         *     }
         */
        readonly ReadNotifications: {
            /**
             * Format: uuid
             * @description the id of a notification, a UUID in small letters
             */
            readonly upTo?: string;
        };
        readonly StaffOrderSummary: {
            /** @description The name of who ordered. */
            readonly customer: string | null;
            /** Format: uuid */
            readonly id: string;
            readonly pieces: number;
            /** Format: date-time */
            readonly placedAt: string;
            /** @enum {string} */
            readonly status: "placed" | "confirmed" | "shipped" | "cancelled";
            readonly title: string;
            readonly total: components["schemas"]["Money"];
            /** Format: date-time */
            readonly updatedAt: string;
            readonly user: string;
            readonly version: number;
        };
        readonly Stock: {
            readonly productId: number;
            /** @description Pieces that can be sold. */
            readonly stock: number;
        };
        readonly StockChanges: {
            readonly products: readonly components["schemas"]["StockLevel"][];
            /** @description Whether `products` are all that were asked for, not only what changed. */
            readonly reset: boolean;
            /** @description For `since` of the next request. */
            readonly since: string;
        };
        /**
         * @description a JSON object such as {"counted":7,"reason":"two were broken"}
         * @example {
         *       "counted": 7,
         *       "reason": "two were broken"
         *     }
         */
        readonly StockCorrection: {
            /** @description a whole number of pieces from 0 to 1000000 */
            readonly counted: number;
            /** @description a line of text with 3 to 200 characters */
            readonly reason: string;
        };
        readonly StockLevel: {
            /** @description Pieces that can be had. */
            readonly available: number;
            readonly productId: number;
            /** @description A larger one is newer. */
            readonly version: number;
        };
        readonly StockMovement: {
            /** @description Who has done it: the id of a user. */
            readonly actor: string;
            /** Format: date-time */
            readonly at: string;
            /** @description Negative when pieces went out. */
            readonly change: number;
            /** @description Later ones have higher numbers. */
            readonly id: number;
            /** @enum {string} */
            readonly kind: "receive" | "correct" | "reserve" | "release";
            readonly productId: number;
            readonly reason: string;
            readonly stockAfter: number;
        };
        /**
         * @description a JSON object such as {"quantity":12}
         * @example {
         *       "quantity": 12,
         *       "reason": "delivery of Monday"
         *     }
         */
        readonly StockReceipt: {
            /** @description a whole number of pieces from 1 to 1000000 */
            readonly quantity: number;
            /**
             * @description a line of text with 3 to 200 characters
             * @default delivery
             */
            readonly reason?: string;
        };
        readonly Transfer: {
            readonly amount: components["schemas"]["Money"];
            /** Format: uuid */
            readonly from: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            readonly madeAt: string;
            readonly madeBy: string;
            readonly note: string;
            /** Format: uuid */
            readonly to: string;
        };
        readonly User: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly email: string;
            readonly emailVerified: boolean;
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly permissions: readonly string[];
            readonly roles: readonly ("customer" | "staff" | "admin")[];
            /** Format: date-time */
            readonly updatedAt: string;
            readonly version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
