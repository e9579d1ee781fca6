using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>Speaks SignalR's JSON protocol over a WebSocket: the .NET client is not on the package feed.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _received = new();
    private readonly List<byte> _rest = [];

    public static async Task<HubClient> ConnectAsync(ApiServer server, string query = "", string? origin = null)
    {
        var client = new HubClient();
        if (origin is not null)
        {
            client._socket.Options.SetRequestHeader("Origin", origin);
        }

        await client._socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/hubs/generation{query}"), TestTimeout.Token);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.ReceiveAsync()).GetRawText());
        return client;
    }

    /// <summary>Starts a stream; its items come under the id.</summary>
    public Task StreamAsync(string id, string request) => SendAsync($$"""{"type":4,"invocationId":"{{id}}","target":"StreamChat","arguments":[{{request}}]}""");

    public Task CancelStreamAsync(string id) => SendAsync($$"""{"type":5,"invocationId":"{{id}}"}""");

    public async Task<bool> CancelAsync(string completionId)
    {
        await SendAsync($$"""{"type":1,"invocationId":"cancel","target":"Cancel","arguments":["{{completionId}}"]}""");
        while (true)
        {
            var message = await NextAsync();
            if (message.GetProperty("invocationId").GetString() == "cancel")
            {
                return message.GetProperty("result").GetBoolean();
            }
        }
    }

    /// <summary>The next message that is no ping.</summary>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.GetProperty("type").GetInt32() != 6)
            {
                return message;
            }

            // As real clients do: the server gives up one that it has not heard of for 30 s, which a busy machine may take.
            await SendAsync("""{"type":6}""");
        }
    }

    /// <summary>The item of the next message.</summary>
    public async Task<JsonElement> ItemAsync()
    {
        var message = await NextAsync();
        Assert.Equal(2, message.GetProperty("type").GetInt32());
        return message.GetProperty("item");
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(string json) =>
        await _socket.SendAsync(new ArraySegment<byte>([.. Encoding.UTF8.GetBytes(json), RecordSeparator]), WebSocketMessageType.Text, true, TestTimeout.Token);

    private async Task<JsonElement> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        while (_received.Count == 0)
        {
            var received = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), TestTimeout.Token);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            foreach (var value in buffer.AsSpan(0, received.Count))
            {
                if (value != RecordSeparator)
                {
                    _rest.Add(value);
                    continue;
                }

                using var message = JsonDocument.Parse(_rest.ToArray());
                _received.Enqueue(message.RootElement.Clone());
                _rest.Clear();
            }
        }

        return _received.Dequeue();
    }
}
