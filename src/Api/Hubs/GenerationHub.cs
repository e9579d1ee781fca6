using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>
/// <c>/hubs/generation</c>: chats over SignalR. A stream's items are the chunks of <c>/v1/chat/completions</c>; one that
/// fails ends with an item <c>{"error":{...}}</c>, before or after its first token.
/// </summary>
internal sealed class GenerationHub(ChatCompletions chat, OpenGenerations open, IOptions<RequestOptions> limits, ILogger<GenerationHub> logger) : Hub
{
    /// <summary>Starts a chat and streams its chunks. Ending the stream cancels it.</summary>
    /// <param name="request">The body of <c>POST /v1/chat/completions</c>; <c>stream</c> is implied.</param>
    public async IAsyncEnumerable<JsonChunk> StreamChat(JsonElement request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Context.ConnectionAborted);
        using var chunks = new JsonChunks();
        var (generation, error) = await TryStartAsync(request, ended.Token);
        if (generation is null)
        {
            yield return chunks.Error(error!);
            yield break;
        }

        using (generation)
        using (open.Add(generation.Head.Id, Owner, ended))
        {
            await foreach (var chunk in HubChatStream.ReadAsync(generation, chunks))
            {
                yield return chunk;
            }
        }
    }

    /// <summary>Stops a stream of the same owner by the <c>id</c> of its chunks, from any connection. False when it does not run here.</summary>
    public bool Cancel(string id) => open.Cancel(id, Owner);

    private string Owner => Context.GetHttpContext()?.Owner() ?? AccessKeys.Anonymous;

    private async Task<(ChatGeneration? Generation, ApiError? Error)> TryStartAsync(JsonElement request, CancellationToken ended)
    {
        var requestId = $"req_{Guid.NewGuid():N}";
        try
        {
            // Read again from its text: SignalR's own parser lets fields come twice.
            using var body = JsonBody.Parse(Encoding.UTF8.GetBytes(request.GetRawText()), limits.Value);
            var read = ChatRequestReader.Read(body.Root);
            return (await chat.StartAsync(read, new JobOrigin(Owner, requestId), ended), null);
        }
        catch (ApiException e)
        {
            return (null, e.Error);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            logger.RequestFailed(e, "HUB", nameof(StreamChat), requestId);
            return (null, ErrorMiddleware.Unforeseen(requestId));
        }
    }
}
