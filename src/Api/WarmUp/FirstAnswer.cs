using System.Text.Json;
using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.WarmUp;

/// <summary>
/// Streams a few tokens to nobody, through everything that an answer passes. .NET compiles code when it first runs: without this
/// the first caller waits for that (0.8 s on two cores), and gets a short answer in one piece.
/// </summary>
public sealed class FirstAnswer
{
    private const int Tokens = 8;

    // A large model may take longer for its first tokens than anybody should wait for the start.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ChatCompletions _chat;
    private readonly IOptions<RequestOptions> _limits;

    internal FirstAnswer(ChatCompletions chat, IOptions<RequestOptions> limits) => (_chat, _limits) = (chat, limits);

    /// <summary>Returns when it is written, could not be, or took too long: whoever asks next learns the reason.</summary>
    public async Task WriteAsync(string model, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var context = new DefaultHttpContext { RequestAborted = limit.Token, TraceIdentifier = "warm-up" };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Body(model));
        try
        {
            await ChatCompletionEndpoints.Create(context, _chat, _limits);
        }
        catch (ApiException)
        {
            // It has no chat, or its backend fails: not the concern of the start.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was compiled until now is.
        }
    }

    private static byte[] Body(string model) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        model,
        messages = new[] { new { role = "user", content = "Hello" } },
        max_tokens = Tokens,
        ignore_eos = true,
        stream = true,
    });
}
