using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Workers;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Asking_the_server_in_the_words_of_llama_cpp : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("{}", """{"tokens":[60,115,62,97]}""")]
    [InlineData("\"parse_special\":true", """{"tokens":[1,97]}""")]
    [InlineData("\"add_special\":true", """{"tokens":[1,1,97]}""")]
    [InlineData("\"with_pieces\":true", """{"tokens":[{"id":1,"piece":"\u0001"},{"id":97,"piece":"a"}]}""")]
    public async Task Texts_become_tokens(string fields, string answer)
    {
        var extra = fields == "{}" ? "\"parse_special\":false" : fields;
        using var response = await PostAsync("/tokenize", $$"""{"content":"<s>a",{{extra}}}""");

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_part_of_a_character_is_told_in_bytes()
    {
        using var response = await PostAsync("/tokenize", """{"content":"ä","with_pieces":true}""");

        Assert.Equal("""{"tokens":[{"id":228,"piece":[195]}]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Tokens_become_a_text_and_a_chat_a_prompt()
    {
        using var text = await PostAsync("/detokenize", """{"tokens":[72,105]}""");
        using var prompt = await PostAsync("/apply-template", """{"messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal("""{"content":"Hi"}""", await text.Content.ReadAsStringAsync());
        Assert.Equal("""{"prompt":"User:Hi;"}""", await prompt.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/tokenize", "{}", 400, "'content' is missing.")]
    [InlineData("/tokenize", """{"content":"a","x":1}""", 400, "'x' is not a parameter of this endpoint: remove it, or check how it is written.")]
    [InlineData("/detokenize", """{"tokens":[1000]}""", 400, "There is no such token.")]
    [InlineData("/detokenize", """{"tokens":"a"}""", 400, null)]
    [InlineData("/apply-template", """{"messages":[]}""", 400, "'messages' is empty.")]
    [InlineData("/embedding", """{"content":"a","embd_normalize":-1}""", 400, null)]
    [InlineData("/props", "{}", 501, null)]
    [InlineData("/slots/0?action=save", "{}", 400, "'filename' is missing.")]
    [InlineData("/slots/x?action=erase", "", 400, "'id' must be the number of a slot, but is 'x'.")]
    [InlineData("/slots/0?action=move", "{}", 400, "'action' must be save, restore or erase.")]
    [InlineData("/slots/9?action=erase", "", 400, "There is no slot 9.")]
    [InlineData("/lora-adapters", "{}", 400, null)]
    [InlineData("/lora-adapters", """[{"id":0,"scale":1}]""", 400, null)]
    [InlineData("/completion?x=1", """{"prompt":"a","model":"none"}""", 404, null)]
    public async Task What_cannot_be_is_refused_in_llama_cpps_words(string path, string body, int status, string? message)
    {
        using var response = await PostAsync(path, body);

        var error = (await response.JsonAsync()).GetProperty("error");
        Assert.Equal((status, status), ((int)response.StatusCode, error.GetProperty("code").GetInt32()));
        Assert.Equal(message ?? error.GetProperty("message").GetString(), error.GetProperty("message").GetString());
        Assert.Equal(status switch { 501 => "not_supported_error", 404 => "not_found_error", _ => "invalid_request_error" }, error.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("\"content\":\"a\"", "0.23008949,0.30678598,0.92035796,0.0766965")]
    [InlineData("\"content\":\"a\",\"embd_normalize\":1", "0.15,0.2,0.6,0.05")]
    [InlineData("\"content\":[1,2],\"embd_normalize\":0", "8190,10920,32760,5460")]
    public async Task Embeddings_have_the_norm_that_is_asked_for(string fields, string vector)
    {
        using var response = await PostAsync("/embedding", $$"""{{{fields}}}""");

        var values = (await response.JsonAsync())[0].GetProperty("embedding")[0].EnumerateArray().Select(value => value.GetSingle()).ToList();
        Assert.Equal(vector.Split(',').Select(value => float.Parse(value, System.Globalization.CultureInfo.InvariantCulture)), values, (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a)));
    }

    [Theory]
    [InlineData("save", """{"id_slot":3,"filename":"a.bin","n_saved":7,"n_written":11,"timings":{"save_ms":0}}""")]
    [InlineData("restore", """{"id_slot":3,"filename":"a.bin","n_restored":7,"n_read":11,"timings":{"restore_ms":0}}""")]
    [InlineData("erase", """{"id_slot":3,"n_erased":7}""")]
    public async Task Slots_are_saved_restored_and_erased(string action, string answer)
    {
        using var response = await PostAsync($"/slots/3?action={action}", """{"filename":"a.bin"}""");

        Assert.Equal(answer, System.Text.RegularExpressions.Regex.Replace(await response.Content.ReadAsStringAsync(), "_ms\":[0-9.E-]+", "_ms\":0"));
    }

    [Fact]
    public async Task Props_tell_the_model_and_the_defaults()
    {
        Hear(slots: 3, busy: 1);
        var props = await GetAsync("/props");

        Assert.Equal(("{{ messages }}", 3, "tiny.gguf"), (props.GetProperty("chat_template").GetString(), props.GetProperty("total_slots").GetInt32(), props.GetProperty("model_path").GetString()));
        var defaults = props.GetProperty("default_generation_settings");
        Assert.Equal((2048, 0.8f), (defaults.GetProperty("n_ctx").GetInt32(), defaults.GetProperty("params").GetProperty("temperature").GetSingle()));
    }

    [Fact]
    public async Task Slots_are_those_of_all_workers()
    {
        Hear(slots: 3, busy: 1);
        var slots = await GetAsync("/slots");
        Assert.Equal([(0, true), (1, false), (2, false)], slots.EnumerateArray().Select(slot => (slot.GetProperty("id").GetInt32(), slot.GetProperty("is_processing").GetBoolean())));

        Hear(slots: 3, busy: 3);
        using var full = await _server.Client.GetAsync("/slots?fail_on_no_slot=1", TestTimeout.Token);
        Assert.Equal(503, (int)full.StatusCode);
        Assert.Equal("unavailable_error", (await full.JsonAsync()).GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/v1/health")]
    public async Task Health_is_ok_once_a_worker_is_there(string path)
    {
        using var before = await _server.Client.GetAsync(path, TestTimeout.Token);
        Assert.Equal(503, (int)before.StatusCode);
        Assert.Equal(503, (await before.JsonAsync()).GetProperty("error").GetProperty("code").GetInt32());

        Hear(slots: 1, busy: 0);
        Assert.Equal("""{"status":"ok"}""", (await GetAsync(path)).GetRawText());
    }

    [Fact]
    public async Task No_adapters_are_an_empty_list_that_may_be_set()
    {
        Assert.Equal("[]", (await GetAsync("/lora-adapters")).GetRawText());
        using var set = await PostAsync("/lora-adapters", "[]");
        Assert.Equal("""{"success":true}""", await set.Content.ReadAsStringAsync());
    }

    private void Hear(int slots, int busy) => _server.Get<WorkerFleet>().Heard(new WorkerHeartbeat
    {
        WorkerId = "w",
        Pool = "text",
        At = DateTimeOffset.UnixEpoch,
        Leaving = false,
        Models = [new WorkerModelState { Name = "tiny", Slots = slots, SlotsBusy = busy, Loaded = true, Restarts = 0 }],
    });

    private async Task<System.Text.Json.JsonElement> GetAsync(string path)
    {
        using var response = await _server.Client.GetAsync(path, TestTimeout.Token);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _server.PostAsync(path, body, "application/json");
}
