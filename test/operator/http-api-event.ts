/** Members of `iam`, any of which may be null or missing. */
export type Iam = Readonly<Record<string, string | null>>;

export type HttpApiEvent = {
  readonly [member: string]: unknown;
  readonly routeKey: string;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload */
export const iamOf = (arn: string, account = arn.split(':')[4] ?? ''): Iam => ({
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  accountId: account,
  callerId: 'AIDACKCEVSQ6C2EXAMPLE',
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: arn,
  userId: 'AIDACOSFODNN7EXAMPLE2',
});

/**
 * The sample of payload format 2.0 that API Gateway publishes, for one of our routes and with IAM as its authorizer
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format-structure).
 */
export function httpApiEvent(route: string, body: unknown, authorizer: unknown): HttpApiEvent {
  const routeKey = `POST /${route}`;
  const path = `/live/${route}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1', 'cookie2'],
    headers: { header1: 'value1', header2: 'value1,value2', 'content-type': 'application/json' },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      authentication: {
        clientCert: {
          clientCertPem: 'CERT_CONTENT',
          subjectDN: 'www.example.com',
          issuerDN: 'Example issuer',
          serialNumber: 'a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1',
          validity: { notBefore: 'May 28 12:30:02 2019 GMT', notAfter: 'Aug  5 09:36:04 2021 GMT' },
        },
      },
      authorizer,
      domainName: 'id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'id',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
      requestId: 'id',
      routeKey,
      stage: 'live',
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1583348638390,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    pathParameters: { parameter1: 'value1' },
    isBase64Encoded: false,
    stageVariables: { stageVariable1: 'value1', stageVariable2: 'value2' },
  };
}
