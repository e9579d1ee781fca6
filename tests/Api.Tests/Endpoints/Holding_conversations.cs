using System.Text.Json;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Responses.Storage;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Holding_conversations
{
    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Conversation_grows_with_its_responses_in_both_databases(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(KeyedClient.Keys.Concat(database.Settings)));
        var client = new KeyedClient(server);
        var conversation = Id(await client.JsonAsync("POST", "/v1/conversations", """{"items":[{"role":"user","content":"one"}],"metadata":{"a":"b"}}"""));

        var (answer, job) = await client.RespondAsync($"\"input\":\"two\",\"conversation\":\"{conversation}\"", "2");
        Assert.Equal(["User:one\ntwo"], job.Command.Messages!.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal($$"""{"id":"{{conversation}}"}""", answer.GetProperty("conversation").GetRawText());
        var (_, next) = await client.RespondAsync($$"""
            "input":"three","store":false,"conversation":{"id":"{{conversation}}"}
            """, "3");
        Assert.Equal(["User:one\ntwo", "Assistant:2", "User:three"], next.Command.Messages!.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal(["one", "two", "2", "three", "3"], await TextsAsync(client, conversation));
        Assert.Equal((400, "conversation"), Named(await client.ErrorAsync("POST", "/v1/responses", $$"""{"model":"tiny","input":"x","conversation":"{{conversation}}","previous_response_id":"{{Id(answer)}}"}""")));
    }

    [Fact]
    public async Task Items_are_added_looked_at_and_removed()
    {
        await using var server = await ApiServer.StartAsync(KeyedClient.Keys);
        var client = new KeyedClient(server);
        var path = $"/v1/conversations/{Id(await client.JsonAsync("POST", "/conversations"))}";

        var added = await client.JsonAsync("POST", $"{path}/items", """{"items":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}""");
        var ids = added.GetProperty("data").EnumerateArray().Select(Id).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(added.GetProperty("data")[1].GetRawText(), (await client.JsonAsync("GET", $"{path}/items/{ids[1]}")).GetRawText());
        Assert.Equal(Id(await client.JsonAsync("GET", path)), Id(await client.JsonAsync("DELETE", $"{path}/items/{ids[1]}")));
        Assert.Equal((404, "item_not_found"), Of(await client.ErrorAsync("GET", $"{path}/items/{ids[1]}")));
        Assert.Equal((404, "item_not_found"), Of(await client.ErrorAsync("DELETE", $"{path}/items/{ids[1]}")));
        Assert.Equal([ids[2], ids[0]], (await client.JsonAsync("GET", $"{path}/items")).GetProperty("data").EnumerateArray().Select(Id));
        Assert.Equal([ids[2]], (await client.JsonAsync("GET", $"{path}/items?order=asc&after={ids[0]}")).GetProperty("data").EnumerateArray().Select(Id));
        Assert.Equal((400, "items"), Named(await client.ErrorAsync("POST", $"{path}/items", """{"items":[]}""")));
        Assert.Equal((400, "items[0].type"), Named(await client.ErrorAsync("POST", $"{path}/items", """{"items":[{"type":"item_reference","id":"x"}]}""")));
    }

    [Fact]
    public async Task Conversation_is_described_and_deleted()
    {
        await using var server = await ApiServer.StartAsync(KeyedClient.Keys);
        var client = new KeyedClient(server);
        var created = await client.JsonAsync("POST", "/v1/conversations", """{"metadata":{"a":"b"}}""");
        var path = $"/v1/conversations/{Id(created)}";

        Assert.Equal(created.GetRawText(), (await client.JsonAsync("GET", path)).GetRawText());
        Assert.Equal(("conversation", """{"a":"b"}"""), (created.GetProperty("object").GetString(), created.GetProperty("metadata").GetRawText()));
        Assert.Equal("""{"c":"d"}""", (await client.JsonAsync("POST", path, """{"metadata":{"c":"d"}}""")).GetProperty("metadata").GetRawText());
        Assert.Equal("{}", (await client.JsonAsync("POST", path, """{"metadata":null}""")).GetProperty("metadata").GetRawText());
        Assert.Equal((400, "metadata"), Named(await client.ErrorAsync("POST", path, "{}")));
        Assert.Equal($$"""{"id":"{{Id(created)}}","object":"conversation.deleted","deleted":true}""", (await client.JsonAsync("DELETE", path)).GetRawText());
        Assert.Equal((404, "conversation_not_found"), Of(await client.ErrorAsync("GET", path)));
    }

    [Fact]
    public async Task Everything_of_another_key_is_404()
    {
        await using var server = await ApiServer.StartAsync(KeyedClient.Keys);
        var (mine, other) = (new KeyedClient(server), new KeyedClient(server, KeyedClient.Second));
        var (answer, _) = await mine.RespondAsync("\"input\":\"secret\"");
        var output = Id(answer.GetProperty("output")[0]);
        var conversation = Id(await mine.JsonAsync("POST", "/v1/conversations", """{"items":[{"role":"user","content":"secret"}]}"""));
        var item = Id((await mine.JsonAsync("GET", $"/v1/conversations/{conversation}/items")).GetProperty("data")[0]);

        (string Method, string Path, string? Body)[] requests =
        [
            ("GET", $"/v1/responses/{Id(answer)}", null),
            ("GET", $"/v1/responses/{Id(answer)}?stream=true", null),
            ("DELETE", $"/v1/responses/{Id(answer)}", null),
            ("GET", $"/v1/responses/{Id(answer)}/input_items", null),
            ("POST", "/v1/responses", $$"""{"model":"tiny","input":"x","previous_response_id":"{{Id(answer)}}"}"""),
            ("POST", "/v1/responses", $$"""{"model":"tiny","input":"x","conversation":"{{conversation}}"}"""),
            ("POST", "/v1/responses", $$"""{"model":"tiny","input":[{"type":"item_reference","id":"{{output}}"}]}"""),
            ("POST", "/v1/responses", $$"""{"model":"tiny","input":[{"type":"item_reference","id":"{{item}}"}]}"""),
            ("POST", "/v1/responses/input_tokens", $$"""{"model":"tiny","input":"x","previous_response_id":"{{Id(answer)}}"}"""),
            ("POST", "/v1/responses/compact", $$"""{"model":"tiny","previous_response_id":"{{Id(answer)}}"}"""),
            ("GET", $"/v1/conversations/{conversation}", null),
            ("POST", $"/v1/conversations/{conversation}", """{"metadata":{"a":"b"}}"""),
            ("DELETE", $"/v1/conversations/{conversation}", null),
            ("GET", $"/v1/conversations/{conversation}/items", null),
            ("POST", $"/v1/conversations/{conversation}/items", """{"items":[{"role":"user","content":"x"}]}"""),
            ("GET", $"/v1/conversations/{conversation}/items/{item}", null),
            ("DELETE", $"/v1/conversations/{conversation}/items/{item}", null),
        ];
        foreach (var (method, path, body) in requests)
        {
            var error = await other.ErrorAsync(method, path, body);
            Assert.True(error.Status == 404, $"{method} {path} {body}: {error}");
            Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(answer.GetRawText(), (await mine.JsonAsync("GET", $"/v1/responses/{Id(answer)}")).GetRawText());
        Assert.Equal(["secret"], await TextsAsync(mine, conversation));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task What_is_over_its_time_is_really_gone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(KeyedClient.Keys.Concat(database.Settings)));
        var client = new KeyedClient(server);
        var (old, _) = await client.RespondAsync("\"input\":\"old\"");
        var (young, _) = await client.RespondAsync("\"input\":\"young\"");
        await using (var rows = database.Open())
        {
            var id = Guid.ParseExact(Id(old)["resp_".Length..], "N");
            Assert.Equal(1, await rows.Set<StoredResponse>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, DateTimeOffset.UnixEpoch)));
        }

        Assert.Equal(1, await server.Get<ResponseStore>().RemoveExpiredAsync(TestContext.Current.CancellationToken));
        Assert.Equal((404, "response_not_found"), Of(await client.ErrorAsync("GET", $"/v1/responses/{Id(old)}")));
        await client.JsonAsync("GET", $"/v1/responses/{Id(young)}");
    }

    private static async Task<IEnumerable<string?>> TextsAsync(KeyedClient client, string conversation) =>
        [.. (await client.JsonAsync("GET", $"/v1/conversations/{conversation}/items?order=asc")).GetProperty("data").EnumerateArray().Select(item => item.GetProperty("content")[0].GetProperty("text").GetString())];

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    private static (int Status, string? Code) Of((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code);

    private static (int Status, string? Param) Named((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Param);
}
