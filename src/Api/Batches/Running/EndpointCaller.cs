using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>
/// Calls an endpoint of this server without a connection: its own handler, with a request in the batch lane. So a line of a batch is
/// read, refused and answered exactly as the request would be that has its body.
/// </summary>
internal sealed class EndpointCaller(EndpointDataSource endpoints, IServiceScopeFactory scopes, IOptions<BatchesOptions> options, ILogger<ErrorMiddleware> logger)
{
    /// <param name="url">The endpoint's path.</param>
    /// <param name="body">The request's JSON.</param>
    /// <param name="owner">Whose request it is.</param>
    /// <param name="requestId">The id that finds it in the logs.</param>
    /// <param name="cancellationToken">Takes the part of a client that leaves: the job is cancelled and its slot is free.</param>
    public async Task<EndpointAnswer> PostAsync(string url, ReadOnlyMemory<byte> body, string owner, string requestId, CancellationToken cancellationToken)
    {
        var endpoint = Find(url);
        using var answer = new BoundedBody(options.Value.MaxAnswerBytes);
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(endpoint, url, body, answer, cancellationToken);
        context.RequestServices = scope.ServiceProvider;
        context.TraceIdentifier = requestId;
        context.Features.Set(new Caller(owner));
        context.Features.Set(new RequestLane(Lane.Batch));
        await new ErrorMiddleware(endpoint.RequestDelegate!, logger).InvokeAsync(context);
        await context.Response.CompleteAsync();
        // What came of a request that was given up is no answer.
        cancellationToken.ThrowIfCancellationRequested();
        return new EndpointAnswer(context.Response.StatusCode, answer.Text(), context.Features.Get<ApiError>());
    }

    private static DefaultHttpContext Context(Endpoint endpoint, string url, ReadOnlyMemory<byte> body, Stream answer, CancellationToken aborted)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = HttpMethods.Post, Path = url, Scheme = "http", Protocol = HttpProtocol.Http11, Body = new MemoryStream(body.ToArray(), writable: false) });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = aborted });
        var context = new DefaultHttpContext(features);
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.SetEndpoint(endpoint);
        return context;
    }

    private RouteEndpoint Find(string url) => endpoints.Endpoints.OfType<RouteEndpoint>().First(endpoint =>
        endpoint.RoutePattern.RawText == url && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true);
}
