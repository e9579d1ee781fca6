using System.Net;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Watching_the_server : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(null, hasWorker: true, "second");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Ready_means_that_a_worker_was_heard_of()
    {
        using var before = await _server.Client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("No worker", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Over the bus, as a worker says it.
        await _server.Get<ICommandSender>().PublishAsync(Waiting_for_a_worker.Heartbeat(slots: 2), TestTimeout.Token);
        var timeout = TestTimeout.Token;
        while (_server.Get<WorkerFleet>().Alive.Count == 0)
        {
            timeout.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        using var after = await _server.Client.GetAsync("/readyz");
        Assert.Equal("""{"status":"ready","reasons":[]}""", await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Alive_and_version_answer()
    {
        Assert.Equal("""{"status":"ok","reasons":[]}""", await _server.Client.GetStringAsync("/healthz"));
        Assert.StartsWith("""{"version":"0.1""", await _server.Client.GetStringAsync("/version"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/models")]
    public async Task Models_are_the_usable_ones(string path)
    {
        Assert.Equal(
            """{"object":"list","data":[{"id":"second","object":"model","created":0,"owned_by":"local"},{"id":"tiny","object":"model","created":0,"owned_by":"local"}]}""",
            await _server.Client.GetStringAsync(path));
        Assert.Equal("""{"id":"tiny","object":"model","created":0,"owned_by":"local"}""", await _server.Client.GetStringAsync($"{path}/tiny"));
    }

    [Fact]
    public async Task Metrics_show_what_went_on()
    {
        _server.Get<WorkerFleet>().Heard(Waiting_for_a_worker.Heartbeat(slots: 2));
        var answering = _server.ChatAsync("""{"model":"tiny","messages":[{"role":"user","content":"hi"}]}""");
        var job = await _server.Worker.NextJobAsync();
        var waiting = await LinesAsync();
        await job.TextAsync("a");
        await job.TextAsync("b");
        await job.FinishAsync();
        (await answering.OrTimeout("the answer")).Dispose();
        var done = await LinesAsync();

        Assert.Contains("pipeline_open_jobs 1", waiting);
        Assert.DoesNotContain("pipeline_queue_oldest_seconds{model=\"tiny\",lane=\"interactive\"} 0", waiting);
        Assert.Contains("pipeline_open_jobs 0", done);
        Assert.Contains("pipeline_queue_oldest_seconds{model=\"tiny\",lane=\"interactive\"} 0", done);
        Assert.Contains("pipeline_queue_depth{model=\"tiny\",lane=\"interactive\"} 0", done);
        Assert.Contains("pipeline_queue_consumers{model=\"tiny\",lane=\"batch\"} 1", done);
        Assert.Contains("pipeline_requests_total{route=\"/v1/chat/completions\",status=\"200\"} 1", done);
        Assert.Contains("pipeline_prompt_tokens_total{model=\"tiny\"} 7", done);
        Assert.Contains("pipeline_completion_tokens_total{model=\"tiny\"} 2", done);
        Assert.Contains("pipeline_time_to_first_token_seconds_count{model=\"tiny\"} 1", done);
        Assert.Contains("pipeline_inter_token_seconds_count{model=\"tiny\"} 1", done);
        Assert.Contains(done, line => line.StartsWith("pipeline_delta_frames_total ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains("pipeline_workers{pool=\"text\"} 1", done);
        Assert.Contains("pipeline_slots{worker=\"scripted\",model=\"tiny\"} 2", done);
        Assert.Contains("pipeline_slots_busy{worker=\"scripted\",model=\"tiny\"} 0", done);
        Assert.Contains("pipeline_backend_restarts_total{worker=\"scripted\",model=\"tiny\"} 3", done);
    }

    private async Task<string[]> LinesAsync() => (await _server.Client.GetStringAsync("/metrics")).Split('\n');
}
