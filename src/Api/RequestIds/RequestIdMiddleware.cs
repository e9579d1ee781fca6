using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Api.RequestIds;

/// <summary>
/// Every request has an id: the caller's <c>X-Request-Id</c> where it is harmless, else a new one. It is in the answer, in
/// the logs and in the commands.
/// </summary>
internal sealed partial class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public const string Header = "X-Request-Id";

    // Where Anthropic's clients look for it.
    private const string AnthropicHeader = "request-id";

    public async Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = Harmless().IsMatch(given) ? given : $"req_{Guid.NewGuid():N}";
        SetHeader(context);
        using (logger.BeginScope("Request {RequestId}", context.TraceIdentifier))
        {
            await next(context);
        }
    }

    public static void SetHeader(HttpContext context)
    {
        context.Response.Headers[Header] = context.TraceIdentifier;
        context.Response.Headers[AnthropicHeader] = context.TraceIdentifier;
    }

    // It goes into logs, headers and messages: short, and nothing that any of them would read as its own.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:-]{0,127}\z")]
    private static partial Regex Harmless();
}
