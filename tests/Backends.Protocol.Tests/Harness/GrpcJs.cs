using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A process that speaks through npm's @grpc/grpc-js, a gRPC implementation that nobody here wrote.</summary>
internal sealed class GrpcJs : IAsyncDisposable
{
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ChildProgram _process;

    private GrpcJs(ChildProgram process) => _process = process;

    public static GrpcJs ClientOf(BackendAddress address) => Start("client.mjs", address);

    /// <summary>A server that listens, on the port in the address or, for port 0, on the one that it chose.</summary>
    public static async Task<(GrpcJs Server, BackendAddress Address)> ServeAsync(BackendAddress address)
    {
        var server = Start("server.mjs", address);
        var port = (int)(await server.ReadAsync())["listening"]!;
        return (server, address.IsUnixSocket ? address : BackendAddress.ForTcp(address.Host, port));
    }

    public async Task CallAsync(string call, object request, int? deadlineMs = null, object? metadata = null, int? cancelAfter = null) =>
        await _process.SendLineAsync(JsonSerializer.Serialize(new { call, request, deadlineMs, metadata, cancelAfter }, WithoutNulls));

    public async Task<JsonObject> ReadAsync() => JsonNode.Parse(await _process.ReadLineAsync())!.AsObject();

    /// <summary>The messages of a call, and how it ended.</summary>
    public async Task<(List<JsonNode> Messages, GrpcStatus Status, JsonObject End)> ReadCallAsync()
    {
        var messages = new List<JsonNode>();
        while (true)
        {
            var line = await ReadAsync();
            if (line["message"] is { } message)
            {
                messages.Add(message);
            }
            else
            {
                return (messages, (GrpcStatus)(int)line["end"]!, line);
            }
        }
    }

    public void Kill() => _process.Signal(ChildProgram.Kill);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static GrpcJs Start(string script, BackendAddress address)
    {
        var root = RepositoryRoot.Find();
        var folder = Path.Combine(root, "tests", "Backends.Protocol.Tests", "grpc-js");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "grpc-js is not restored: build this project");
        return new GrpcJs(ChildProgram.Start("node", Path.Combine(folder, script), Path.Combine(root, "src", "Backends.Protocol", "Proto", "backend.proto"), address.ToString()));
    }
}
