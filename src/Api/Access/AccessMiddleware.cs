using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>Asks for a key where keys are configured, and knows whose it is. The key itself goes nowhere from here.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessKeys keys)
{
    private const string Bearer = "Bearer ";

    // Far over any key: hashing is not free, and headers are the caller's.
    private const int LongestKey = 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (keys.AreRequired && context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is null)
        {
            var presented = Presented(context);
            var owner = presented is null ? null : keys.OwnerOf(presented);
            if (owner is null)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                await ErrorResponse.WriteAsync(context, presented is null ? NoKey : WrongKey);
                return;
            }

            context.Features.Set(new Caller(owner));
        }

        await next(context);
    }

    private static ApiError NoKey => new(401, ApiErrorTypes.InvalidRequest, "missing_api_key", "This server asks for an API key: send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'.");

    private static ApiError WrongKey => new(401, ApiErrorTypes.InvalidRequest, "invalid_api_key", "This server does not know the API key that was sent.");

    private static string? Presented(HttpContext context)
    {
        var request = context.Request;
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        var key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim()
            : request.Headers["x-api-key"].ToString() is { Length: > 0 } header ? header
            // A browser cannot set headers on a WebSocket; SignalR's client sends this instead.
            : request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) ? request.Query["access_token"].ToString()
            : "";
        return key.Length is 0 or > LongestKey ? null : key;
    }
}
