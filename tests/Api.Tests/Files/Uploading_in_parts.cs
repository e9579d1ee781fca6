using System.Text;
using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Files.Uploads;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.ObjectStorage;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Files;

public sealed class Uploading_in_parts : IAsyncLifetime
{
    private ApiServer _server = null!;
    private FileClient _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(FileClient.TwoKeys);
        _alice = new FileClient(_server, "key-of-alice");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Parts_become_a_file_in_the_order_that_is_given(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(database.Settings);
        var client = new FileClient(server);
        var upload = await client.JsonAsync(HttpMethod.Post, "/v1/uploads", new { purpose = "batch", filename = "in.jsonl", bytes = 6, mime_type = "text/jsonl", expires_after = new { anchor = "created_at", seconds = 7200 } });
        var id = upload.GetProperty("id").GetString()!;
        Assert.Equal(("upload", "pending", 6, 3600L), (upload.GetProperty("object").GetString(), upload.GetProperty("status").GetString(), upload.GetProperty("bytes").GetInt32(), upload.GetProperty("expires_at").GetInt64() - upload.GetProperty("created_at").GetInt64()));
        var second = await PartAsync(client, id, "def");
        var first = await PartAsync(client, id, "abc");

        var completed = await client.JsonAsync(HttpMethod.Post, $"/v1/uploads/{id}/complete", new { part_ids = new[] { first, second }, md5 = "e80b5017098950fc58aad83c8c14978e" });

        var file = completed.GetProperty("file");
        Assert.Equal(("completed", "in.jsonl", "batch", 6), (completed.GetProperty("status").GetString(), file.GetProperty("filename").GetString(), file.GetProperty("purpose").GetString(), file.GetProperty("bytes").GetInt32()));
        Assert.Equal(7200, file.GetProperty("expires_at").GetInt64() - file.GetProperty("created_at").GetInt64());
        Assert.Equal("abcdef", await client.ContentAsync(file.GetProperty("id").GetString()!));
        await AssertNoPartsAsync(server);
        Assert.Equal((400, "invalid_upload_state"), Short(await client.ErrorAsync(HttpMethod.Post, $"/v1/uploads/{id}/cancel")));
    }

    [Fact]
    public async Task Wrong_completions_are_refused_and_change_nothing()
    {
        var id = await UploadAsync(6);
        var (one, two) = (await PartAsync(_alice, id, "abc"), await PartAsync(_alice, id, "def"));
        string complete = $"/v1/uploads/{id}/complete";

        Assert.Equal((400, "part_ids"), Field(await _alice.ErrorAsync(HttpMethod.Post, complete, new { part_ids = new[] { one } })));
        Assert.Equal((400, "part_ids"), Field(await _alice.ErrorAsync(HttpMethod.Post, complete, new { part_ids = new[] { one, one } })));
        Assert.Equal((400, "part_ids[1]"), Field(await _alice.ErrorAsync(HttpMethod.Post, complete, new { part_ids = new[] { one, "part_none" } })));
        Assert.Equal((400, "md5"), Field(await _alice.ErrorAsync(HttpMethod.Post, complete, new { part_ids = new[] { one, two }, md5 = "00000000000000000000000000000000" })));
        Assert.Equal((400, "part_ids"), Field(await _alice.ErrorAsync(HttpMethod.Post, complete, new { part_ids = Array.Empty<string>() })));
        Assert.Empty((await _alice.JsonAsync(HttpMethod.Get, "/v1/files")).GetProperty("data").EnumerateArray());
        Assert.Equal("completed", (await _alice.JsonAsync(HttpMethod.Post, complete, new { part_ids = new[] { one, two } })).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_cancelled_upload_takes_no_part_and_has_none()
    {
        var id = await UploadAsync(3);
        await PartAsync(_alice, id, "abc");
        Assert.Equal("cancelled", (await _alice.JsonAsync(HttpMethod.Post, $"/v1/uploads/{id}/cancel")).GetProperty("status").GetString());

        await AssertNoPartsAsync(_server);
        using var late = await _alice.SendAsync(HttpMethod.Post, $"/v1/uploads/{id}/parts", FileClient.Form("data", "abc"u8.ToArray(), "blob"));
        Assert.Equal((400, "invalid_upload_state"), Short(await late.ErrorAsync()));
    }

    [Fact]
    public async Task Another_key_sees_none_of_it()
    {
        var id = await UploadAsync(3);
        var bob = new FileClient(_server, "key-of-bob");
        Assert.Equal((404, "not_found"), Short(await bob.ErrorAsync(HttpMethod.Post, $"/v1/uploads/{id}/cancel")));
        Assert.Equal((404, "not_found"), Short(await bob.ErrorAsync(HttpMethod.Post, $"/v1/uploads/{id}/complete", new { part_ids = new[] { "part_1" } })));
        using var part = await bob.SendAsync(HttpMethod.Post, $"/v1/uploads/{id}/parts", FileClient.Form("data", "abc"u8.ToArray(), "blob"));
        Assert.Equal((404, "not_found"), Short(await part.ErrorAsync()));
    }

    [Fact]
    public async Task An_upload_over_its_time_is_gone_with_its_parts()
    {
        var id = await UploadAsync(3);
        await PartAsync(_alice, id, "abc");
        await using (var database = await _server.Get<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(TestTimeout.Token))
        {
            await database.Set<Upload>().ExecuteUpdateAsync(set => set.SetProperty(upload => upload.ExpiresAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)), TestTimeout.Token);
        }

        Assert.Equal(404, (await _alice.ErrorAsync(HttpMethod.Post, $"/v1/uploads/{id}/cancel")).Status);
        Assert.Equal(1, await _server.Get<FilesCleanUp>().RemoveUploadsAsync(TestTimeout.Token));
        await AssertNoPartsAsync(_server);
    }

    private static (int, string?) Short((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code);

    private static (int, string?) Field((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Param);

    private static async Task<string> PartAsync(FileClient client, string upload, string text)
    {
        using var response = await client.SendAsync(HttpMethod.Post, $"/v1/uploads/{upload}/parts", FileClient.Form("data", Encoding.UTF8.GetBytes(text), "blob"));
        var part = await response.JsonAsync();
        Assert.Equal(("upload.part", upload), (part.GetProperty("object").GetString(), part.GetProperty("upload_id").GetString()));
        return part.GetProperty("id").GetString()!;
    }

    private static async Task AssertNoPartsAsync(ApiServer server)
    {
        await foreach (var found in server.Get<IObjectStore>().ListAsync(ObjectKeys.Uploads, TestTimeout.Token))
        {
            Assert.Fail($"{found.Key} is left");
        }
    }

    private async Task<string> UploadAsync(int bytes) =>
        (await _alice.JsonAsync(HttpMethod.Post, "/v1/uploads", new { purpose = "user_data", filename = "a.txt", bytes, mime_type = "text/plain" })).GetProperty("id").GetString()!;
}
