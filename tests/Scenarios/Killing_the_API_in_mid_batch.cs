using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing.PostgreSql;
using LocalAI.Pipeline.Testing.RabbitMq;
using LocalAI.Pipeline.Testing.S3;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Killing_the_API_in_mid_batch
{
    private const int Lines = 40;

    [Fact]
    public async Task The_next_one_goes_on_and_each_line_has_one_answer()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        var settings = await SettingsAsync(models);
        await using var worker = await ServerProcess.StartAsync("Workers.Text", settings, patience);
        string id;
        await using (var first = await ServerProcess.StartAsync("Api", settings, patience))
        {
            await first.WaitUntilReadyAsync(patience);
            id = await CreateAsync(first.Client, patience);
            await WaitAsync(first.Client, id, batch => batch.GetProperty("request_counts").GetProperty("completed").GetInt32() >= 5, patience);
            await first.KillAsync(patience);
        }

        await using var second = await ServerProcess.StartAsync("Api", settings, patience);
        var before = (await second.Client.GetFromJsonAsync<JsonElement>($"/v1/batches/{id}", patience)).GetProperty("request_counts").GetProperty("completed").GetInt32();
        var batch = await WaitAsync(second.Client, id, batch => batch.GetProperty("status").GetString() == "completed", patience);

        // Something was left to do, and what was done stayed.
        Assert.InRange(before, 5, Lines - 1);
        Assert.Equal($$"""{"total":{{Lines}},"completed":{{Lines}},"failed":0}""", batch.GetProperty("request_counts").GetRawText());
        var output = await second.Client.GetStringAsync($"/v1/files/{batch.GetProperty("output_file_id").GetString()}/content", patience);
        var ids = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("custom_id").GetString()).ToList();
        Assert.Equal(Enumerable.Range(0, Lines).Select(line => $"line-{line}"), ids);
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(FakeModels models)
    {
        var broker = await RabbitMqServer.SharedAsync();
        var store = await S3Server.SharedAsync();
        var database = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        var settings = new Dictionary<string, string>(models.Settings)
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = database,
            ["Batches:LeaseDuration"] = "00:00:02",
            ["Batches:LinesAtOnce"] = "4",
        };
        foreach (var (key, value) in broker.SettingsFor(await broker.CreateVirtualHostAsync()).Concat(store.SettingsFor(store.NextBucket())))
        {
            settings[key] = value ?? "";
        }

        return settings;
    }

    private static async Task<string> CreateAsync(HttpClient client, CancellationToken patience)
    {
        var lines = Enumerable.Range(0, Lines).Select(line =>
            $$$"""{"custom_id":"line-{{{line}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"fake","messages":[{"role":"user","content":"fake: tokens=20 pause=10"}]}}""");
        using var form = new MultipartFormDataContent { { new StringContent("batch"), "purpose" }, { new StringContent(string.Join('\n', lines)), "file", "lines.jsonl" } };
        using var uploaded = await client.PostAsync(new Uri("/v1/files", UriKind.Relative), form, patience);
        var file = (await uploaded.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("id").GetString();
        using var created = await client.PostAsJsonAsync("/v1/batches", new { input_file_id = file, endpoint = "/v1/chat/completions", completion_window = "24h" }, patience);
        return (await created.Content.ReadFromJsonAsync<JsonElement>(patience)).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> WaitAsync(HttpClient client, string id, Func<JsonElement, bool> holds, CancellationToken patience)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var batch = await client.GetFromJsonAsync<JsonElement>($"/v1/batches/{id}", patience);
            Assert.NotEqual("failed", batch.GetProperty("status").GetString());
            if (holds(batch))
            {
                return batch;
            }

            await poll.WaitForNextTickAsync(patience);
        }
    }
}
