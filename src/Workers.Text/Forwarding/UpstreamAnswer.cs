using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>A stream of chunks that has begun. Disposed before its end, it breaks off, and the server stops.</summary>
internal sealed class UpstreamAnswer(HttpResponseMessage response) : IDisposable
{
    // A whole answer with its log probabilities fits, from a server that does not stream at all.
    public const int LongestEvent = 4 * 1024 * 1024;

    private const string End = "[DONE]";

    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = new BoundedEvents(await response.Content.ReadAsStreamAsync(cancellationToken), LongestEvent);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            if (item.Data == End)
            {
                yield break;
            }

            using var document = JsonDocument.Parse(item.Data);
            yield return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("a chunk is not an object");
        }

        throw new HttpIOException(HttpRequestError.ResponseEnded, "the answer ended without [DONE]");
    }

    public void Dispose() => response.Dispose();
}
