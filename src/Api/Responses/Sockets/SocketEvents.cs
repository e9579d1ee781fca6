using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Writing;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>The events of one turn as messages of a socket, which keeps itself alive and whose turns end with their last event.</summary>
internal sealed class SocketEvents(WebSocket socket) : IResponseChannel, IDisposable
{
    private readonly ArrayBufferWriter<byte> _event = new();
    private readonly Queue<byte[]> _written = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, Json.Output);

    public bool HasStarted { get; private set; }

    public Utf8JsonWriter Begin()
    {
        HasStarted = true;
        _event.ResetWrittenCount();
        _json.Reset(_event);
        return _json;
    }

    public Utf8JsonWriter? Begin(ReadOnlySpan<byte> type, long sequence) => Begin();

    public void End()
    {
        _json.Flush();
        _written.Enqueue(_event.WrittenSpan.ToArray());
    }

    public void WritePing()
    {
    }

    public void WriteDone()
    {
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_written.TryDequeue(out var message))
        {
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }

    /// <summary>Sends an error that belongs to no response.</summary>
    public static async Task SendErrorAsync(WebSocket socket, ApiError error, CancellationToken cancellationToken)
    {
        using var events = new SocketEvents(socket);
        var json = events.Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteNumber("status"u8, error.Status);
        json.WritePropertyName("error"u8);
        OpenAiErrors.WriteInner(json, error);
        json.WriteEndObject();
        events.End();
        await events.FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();
}
