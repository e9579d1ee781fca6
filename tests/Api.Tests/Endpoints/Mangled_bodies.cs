using System.Text;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

/// <summary>Everything behind the readers, for all endpoints that a worker answers with one reply.</summary>
public sealed class Mangled_bodies : IAsyncLifetime
{
    private const int Seed = 20_261;
    private const int Count = 250;

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["/v1/tokenize"] = """{"model":"tiny","content":"abc"}""",
        ["/v1/detokenize"] = """{"model":"tiny","tokens":[97,98]}""",
        ["/tokenize"] = """{"content":"a<s>b","add_special":true,"parse_special":false,"with_pieces":true}""",
        ["/detokenize"] = """{"tokens":[97,98]}""",
        ["/apply-template"] = """{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],"tools":[{"type":"function","function":{"name":"f"}}]}""",
        ["/v1/chat/completions/input_tokens"] = """{"model":"tiny","messages":[{"role":"user","content":"a"}],"max_tokens":3}""",
        ["/v1/messages/count_tokens"] = """{"model":"tiny","system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":"a"}]}""",
        ["/v1/embeddings"] = """{"model":"tiny","input":["a",  "b"],"encoding_format":"base64","dimensions":2}""",
        ["/v1/engines/tiny/embeddings"] = """{"input":[[1,2],[3]],"dimensions":4}""",
        ["/embedding"] = """{"content":["a",[1,2]],"embd_normalize":0}""",
        ["/v1/rerank"] = """{"model":"tiny","query":"q","documents":["a",{"text":"b"}],"top_n":1,"return_documents":true}""",
        ["/api/embed"] = """{"model":"tiny","input":["a","b"],"dimensions":3}""",
        ["/api/embeddings"] = """{"model":"tiny","prompt":"a","options":{"seed":1}}""",
        ["/api/show"] = """{"model":"tiny","verbose":true}""",
        ["/lora-adapters"] = """[{"id":0,"scale":0.5}]""",
    };

    private ApiServer _server = null!;

    public static TheoryData<string> Paths => [.. Bodies.Keys];

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Are_answered_or_refused(string path)
    {
        var chance = new Random(Seed);
        var mangler = new BodyMangler(chance);
        var original = Encoding.UTF8.GetBytes(Bodies[path]);
        var refused = 0;
        for (var i = 0; i < Count; i++)
        {
            var body = mangler.Mangle(original);
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using var response = await _server.Client.PostAsync(path, content, TestTimeout.Token);
            Assert.True((int)response.StatusCode is 200 or 400 or 404, $"{Encoding.UTF8.GetString(body)}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestTimeout.Token)}");
            refused += (int)response.StatusCode == 200 ? 0 : 1;
        }

        // Most are broken; those that are not were answered.
        Assert.InRange(refused, 20, Count);
    }
}
