using System.Security.Cryptography;
using System.Text;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> is run once: the same key with the same body gets the first answer again, streams included;
/// with another body it is refused, and while the first runs it waits. Answers that tell of trouble (no success, or cut short) are not
/// remembered, so that trying again can help.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotentRequests requests, IOptions<IdempotencyOptions> options, IOptions<RequestOptions> limits, TimeProvider time, ILogger<IdempotencyMiddleware> logger)
{
    public const string Header = "Idempotency-Key";
    private const string ReplayedHeader = "Idempotent-Replayed";
    private const int LongestKey = 255;

    // Two requests with one key are a retry that came too early: how often it looks costs little.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    // Noting an outcome is not worth a longer wait; the lease runs out by itself.
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || !IdempotentEndpoints.Has(context))
        {
            await next(context);
            return;
        }

        if (key.Length > LongestKey || key.Any(char.IsControl))
        {
            throw RequestErrors.Create("invalid_idempotency_key", $"'{Header}' has at most {LongestKey} characters, none of them a control character.", Header);
        }

        var fingerprint = await FingerprintAsync(context);
        var run = Guid.NewGuid().ToString("N");
        if (await WaitAsync(context, key, fingerprint, run) is { } first)
        {
            await ReplayAsync(context.Response, first);
        }
        else
        {
            await RunAsync(context, key, run);
        }
    }

    /// <summary>The body is read to its end, and stays there for the endpoint.</summary>
    private async Task<string> FingerprintAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(context.Request.Path + context.Request.QueryString));
        var body = new MemoryStream();
        var most = limits.Value.MaxBodyBytes;
        var bounded = new BoundedStream(context.Request.Body, most, () => new ApiException(new ApiError(
            413, ApiErrorTypes.InvalidRequest, "request_too_large", $"The request's body is over {most} bytes (Requests:MaxBodyBytes).")));
        await bounded.CopyToAsync(body, context.RequestAborted);
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        body.Position = 0;
        context.Request.Body = body;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The first answer; null where this request is the first.</summary>
    private async Task<IdempotentRequest?> WaitAsync(HttpContext context, string key, string fingerprint, string run)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var found = await requests.BeginAsync(context.Owner(), key, fingerprint, run, context.RequestAborted);
            if (found is null)
            {
                return null;
            }

            if (found.Fingerprint != fingerprint)
            {
                throw Conflict("idempotency_key_reused", $"This '{Header}' came with another request before: a key is for one request.");
            }

            if (found.Status is not null)
            {
                return found;
            }

            if (time.GetElapsedTime(began) > options.Value.WaitTimeout)
            {
                throw Conflict("idempotency_request_in_progress", $"The first request with this '{Header}' is not answered yet: send it again later.");
            }

            await Task.Delay(LookInterval, time, context.RequestAborted);
        }
    }

    private static ApiException Conflict(string code, string message) => new(new ApiError(409, ApiErrorTypes.InvalidRequest, code, message, Header));

    private static async Task ReplayAsync(HttpResponse response, IdempotentRequest first)
    {
        response.StatusCode = first.Status!.Value;
        response.ContentType = first.ContentType;
        response.ContentLength = first.Body!.Length;
        response.Headers[ReplayedHeader] = "true";
        await response.Body.WriteAsync(first.Body, response.HttpContext.RequestAborted);
    }

    private async Task RunAsync(HttpContext context, string key, string run)
    {
        var owner = context.Owner();
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var copied = new CopiedBody(original.Stream, options.Value.MaxAnswerBytes);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(owner, key, run, ended.Token);
        var answer = (byte[]?)null;
        try
        {
            var body = new StreamResponseBodyFeature(copied, original);
            context.Features.Set<IHttpResponseBodyFeature>(body);
            await next(context);
            await body.CompleteAsync();
            answer = context.Response.StatusCode is >= 200 and < 300 && !context.RequestAborted.IsCancellationRequested ? copied.Copy : null;
        }
        finally
        {
            context.Features.Set(original);
            await ended.CancelAsync();
            await renewing;
            await NoteAsync(ending => answer is null
                ? requests.ForgetAsync(owner, key, run, ending)
                : requests.KeepAsync(owner, key, run, context.Response.StatusCode, context.Response.ContentType, answer, ending));
        }
    }

    private async Task RenewAsync(string owner, string key, string run, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.Value.LeaseDuration / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await NoteAsync(ending => requests.RenewAsync(owner, key, run, ending));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task NoteAsync(Func<CancellationToken, Task> note)
    {
        using var timeout = new CancellationTokenSource(NoteTimeout, time);
        try
        {
            await note(timeout.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || DatabaseErrors.IsLoss(e))
        {
            logger.NotNoted(e.Message);
        }
    }
}
