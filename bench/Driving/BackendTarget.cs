using System.Diagnostics;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Driving;

/// <summary>
/// A bare backend process, driven through the backend protocol: what the engine gives without the pipeline around it.
/// </summary>
public sealed class BackendTarget : IStreamTarget
{
    private readonly BackendClient _client;
    private readonly BackendModel _model;

    /// <summary>With <paramref name="address"/> <c>unix:/path</c> or <c>host:port</c>.</summary>
    /// <exception cref="BenchException">It is no address.</exception>
    public BackendTarget(string name, string address, BackendModel model)
    {
        Name = name;
        _model = model;
        _client = BackendAddress.TryParse(address, out var parsed, out var error) ? new BackendClient(parsed) : throw new BenchException(error);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public async Task PrepareAsync(LoadShape shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        try
        {
            var status = await _client.StatusAsync(cancellationToken);
            if (status.State is not (StatusResponse.Types.State.Ready or StatusResponse.Types.State.Busy))
            {
                await LoadAsync(shape.Model, cancellationToken);
            }
        }
        catch (BackendCallException exception)
        {
            throw Failed(exception);
        }

        await StreamAsync(shape with { OutputTokens = 1 }, Prompts.Create(0, 4), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<StreamTimes> StreamAsync(LoadShape shape, string prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var arrivals = new List<long>(shape.OutputTokens);
        int tokens = 0, promptTokens = 0;
        var started = Stopwatch.GetTimestamp();
        try
        {
            await foreach (var reply in _client.PredictStreamAsync(Request(shape, prompt), cancellationToken))
            {
                if (!reply.Message.IsEmpty)
                {
                    arrivals.Add(Stopwatch.GetTimestamp());
                }

                // Both are cumulative; a last reply may leave them out.
                tokens = Math.Max(tokens, reply.Tokens);
                promptTokens = Math.Max(promptTokens, reply.PromptTokens);
            }
        }
        catch (BackendCallException exception)
        {
            throw Failed(exception);
        }

        return tokens > 0 ? new StreamTimes(started, arrivals, promptTokens, tokens) : throw new BenchException($"{Name} streamed no tokens");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task LoadAsync(string name, CancellationToken cancellationToken)
    {
        var file = _model.File ?? throw new BenchException($"{Name} has no model loaded: give --model-file");
        var result = await _client.LoadModelAsync(
            new ModelOptions
            {
                Model = name,
                ModelFile = Path.GetFullPath(file),
                ContextSize = _model.ContextSize,
                Threads = _model.Threads,
                MMap = true,
                Options = { $"parallel:{_model.Slots}" },
            },
            cancellationToken);
        if (!result.Success)
        {
            throw new BenchException($"{Name} did not load {file}: {result.Message}");
        }
    }

    private static PredictOptions Request(LoadShape shape, string prompt) => new()
    {
        Messages = { new Message { Role = "user", Content = prompt } },
        UseTokenizerTemplate = true,
        Metadata = { ["chat_template_kwargs"] = shape.TemplateArguments },
        Tokens = shape.OutputTokens,
        Temperature = 0,
        IgnoreEOS = true,
    };

    private BenchException Failed(BackendCallException exception) => new($"{Name}: {exception.Status}: {exception.Message}");
}
