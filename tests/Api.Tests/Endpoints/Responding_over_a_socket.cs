using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Responding_over_a_socket : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(KeyedClient.Keys);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Turns_go_on_from_each_other_without_being_stored()
    {
        using var socket = await ConnectAsync();
        var first = await TurnAsync(socket, "\"input\":\"one\",\"store\":false", "1");
        Assert.Equal(["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed"], first.Types);
        var second = await TurnAsync(socket, $"\"input\":\"two\",\"store\":false,\"previous_response_id\":\"{first.Id}\"", "2");
        var third = await TurnAsync(socket, $"\"input\":\"three\",\"store\":false,\"previous_response_id\":\"{second.Id}\"", "3");

        Assert.Equal(["one", "1", "two", "2", "three"], third.Job.Command.Messages!.Select(message => message.Content));
        Assert.Equal(404, (await new KeyedClient(_server).ErrorAsync("GET", $"/v1/responses/{third.Id}")).Status);

        // It remembers the last alone.
        await SendAsync(socket, $"\"input\":\"x\",\"previous_response_id\":\"{first.Id}\"");
        Assert.Equal("previous_response_not_found", await ErrorAsync(socket));

        // And nothing after a turn that failed.
        await SendAsync(socket, $"\"input\":\"x\",\"previous_response_id\":\"{third.Id}\"");
        Assert.Equal("previous_response_not_found", await ErrorAsync(socket));
    }

    [Fact]
    public async Task Turns_that_are_stored_are_found_on_any_connection()
    {
        using var socket = await ConnectAsync();
        var first = await TurnAsync(socket, "\"input\":\"one\"", "1");
        using var other = await ConnectAsync();
        var second = await TurnAsync(other, $"\"input\":\"two\",\"previous_response_id\":\"{first.Id}\"", "2");

        Assert.Equal(["one", "1", "two"], second.Job.Command.Messages!.Select(message => message.Content));
    }

    [Theory]
    [InlineData("{\"type\":\"response.create\",\"model\":\"tiny\",\"input\":\"x\",\"stream\":true}", "unsupported_parameter")]
    [InlineData("{\"type\":\"response.create\",\"model\":\"tiny\",\"input\":\"x\",\"background\":true}", "unsupported_parameter")]
    [InlineData("{\"type\":\"response.steer\"}", "invalid_value")]
    [InlineData("{\"model\":\"tiny\",\"input\":\"x\"}", "missing_required_parameter")]
    [InlineData("{\"type\":\"response.create\",\"model\":\"none\",\"input\":\"x\"}", "model_not_found")]
    [InlineData("{", "invalid_json")]
    public async Task Messages_that_cannot_be_are_errors_and_the_connection_stays(string message, string code)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(message).AsMemory(), WebSocketMessageType.Text, true, TestTimeout.Token);

        Assert.Equal(code, await ErrorAsync(socket));
        Assert.Equal("ok", (await TurnAsync(socket, "\"input\":\"x\"", "ok")).Text);
    }

    [Fact]
    public async Task Client_that_leaves_cancels_its_turn()
    {
        var socket = await ConnectAsync();
        await SendAsync(socket, "\"input\":\"one\"");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Once");
        socket.Dispose();

        Assert.Equal(job.Command.JobId, (await _server.Worker.NextCancellationAsync()).JobId);
    }

    [Fact]
    public async Task Connection_that_is_too_old_is_told_so_and_closed()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(KeyedClient.Keys) { ["Responses:SocketLifetime"] = "00:00:01" });
        using var socket = await ConnectAsync(server);

        Assert.Equal("websocket_connection_limit_reached", await ErrorAsync(socket));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[16].AsMemory(), TestTimeout.Token)).MessageType);
    }

    private Task<ClientWebSocket> ConnectAsync() => ConnectAsync(_server);

    private static async Task<ClientWebSocket> ConnectAsync(ApiServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {KeyedClient.First}");
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/v1/responses" }.Uri, TestTimeout.Token);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string fields) =>
        socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"response.create","model":"tiny",{{fields}}}""").AsMemory(), WebSocketMessageType.Text, true, TestTimeout.Token).AsTask();

    private async Task<(string Id, string Text, List<string> Types, ScriptedJob Job)> TurnAsync(ClientWebSocket socket, string fields, string text)
    {
        await SendAsync(socket, fields);
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync(text);
        await job.FinishAsync(FinishReason.Stop);
        var types = new List<string>();
        while (true)
        {
            var data = await ReceiveAsync(socket);
            types.Add(data.GetProperty("type").GetString()!);
            Assert.Equal(types.Count - 1, data.GetProperty("sequence_number").GetInt32());
            if (types[^1] == "response.completed")
            {
                var response = data.GetProperty("response");
                return (response.GetProperty("id").GetString()!, response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()!, types, job);
            }
        }
    }

    private static async Task<string?> ErrorAsync(ClientWebSocket socket)
    {
        var data = await ReceiveAsync(socket);
        Assert.Equal("error", data.GetProperty("type").GetString());
        return data.GetProperty("error").GetProperty("code").GetString();
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), TestTimeout.Token).OrTimeout("a message");
            length += received.Count;
        }
        while (!received.EndOfMessage);
        using var data = JsonDocument.Parse(buffer.AsMemory(0, length));
        return data.RootElement.Clone();
    }
}
