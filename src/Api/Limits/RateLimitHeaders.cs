using System.Globalization;
using LocalAI.Pipeline.Api.Access;

namespace LocalAI.Pipeline.Api.Limits;

/// <summary>
/// Tells a key with limited tokens what it has left, in OpenAI's headers (<c>x-ratelimit-*-tokens</c>) and in Anthropic's
/// (<c>anthropic-ratelimit-tokens-*</c>), as it is when the answer begins: the answer's own tokens are not yet counted.
/// </summary>
internal sealed class RateLimitHeaders(RequestDelegate next, KeyUsages usages, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && usages.Of(context.Owner()).Tokens is { } tokens)
        {
            context.Response.OnStarting(() =>
            {
                Write(context.Response.Headers, tokens);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private void Write(IHeaderDictionary headers, TokenBudget tokens)
    {
        var limit = tokens.PerMinute.ToString(CultureInfo.InvariantCulture);
        var left = Math.Max(0, (int)tokens.Left).ToString(CultureInfo.InvariantCulture);
        var reset = tokens.Until(tokens.PerMinute);
        headers["x-ratelimit-limit-tokens"] = limit;
        headers["x-ratelimit-remaining-tokens"] = left;
        headers["x-ratelimit-reset-tokens"] = string.Create(CultureInfo.InvariantCulture, $"{reset.TotalSeconds:0.###}s");
        headers["anthropic-ratelimit-tokens-limit"] = limit;
        headers["anthropic-ratelimit-tokens-remaining"] = left;
        headers["anthropic-ratelimit-tokens-reset"] = (time.GetUtcNow() + reset).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
