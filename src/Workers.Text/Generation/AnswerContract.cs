using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What the request says about the answer's form: held by a grammar while it is written, and checked when it is done.</summary>
internal sealed class AnswerContract
{
    // A deep answer is still an answer; the reader recurses over it.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private readonly GenerateText _command;
    private readonly OutputForm _form;
    private readonly JsonSchemaDocument? _schema;
    private readonly bool _isHeldByBackend;

    /// <param name="isHeldByBackend">The backend gets the request's own words and no grammar of ours.</param>
    /// <exception cref="JobFailedException">The schema cannot be honoured; the API checks it too, but other senders may not.</exception>
    public AnswerContract(GenerateText command, OutputForm form, bool isHeldByBackend = false)
    {
        (_command, _form, _isHeldByBackend) = (command, form, isHeldByBackend && command.Messages is not null);
        if (command.Output is { Kind: OutputKind.JsonSchema, Schema: { } schema } output)
        {
            _schema = Guarded(() => JsonSchemaDocument.Parse(JsonElement.Parse(schema, Deep), output.Strict));
        }
    }

    public bool IsJson => _command.Output?.Kind is OutputKind.JsonObject or OutputKind.JsonSchema;

    /// <summary>Whether <see cref="Grammar"/> has one.</summary>
    public bool HasGrammar => _command.Output?.Kind == OutputKind.Grammar || (!_isHeldByBackend && (_command.Output?.Kind is not (null or OutputKind.Text) || _form.HoldsCalls));

    private bool MustCall => _command.ToolChoice?.Mode == ToolChoiceMode.Required;

    /// <returns>Null where the text is free.</returns>
    public AnswerGrammar? Grammar(Thinking thinking)
    {
        if (_command.Output is { Kind: OutputKind.Grammar, Grammar: { } own })
        {
            // It is the caller's to allow thoughts and calls.
            return MustCall
                ? throw new JobFailedException(new JobFailure { Code = FailureCode.RequestInvalid, Message = "A grammar and a forced tool call cannot be together: send one of them.", Parameter = "tool_choice" })
                : new AnswerGrammar(own, []);
        }

        return HasGrammar ? Guarded(() => new AnswerGrammars(_command, _form, _schema, thinking).Build()) : null;
    }

    /// <summary>What is wrong with an answer that ended by itself; null when nothing is.</summary>
    /// <param name="text">The answer without thoughts and calls.</param>
    /// <param name="hasCalls">It has calls.</param>
    public string? Violation(string text, bool hasCalls)
    {
        if (hasCalls)
        {
            return null;
        }

        if (MustCall)
        {
            return "it has no tool call, though one is required";
        }

        return IsJson ? JsonViolation(text) : null;
    }

    private string? JsonViolation(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text, Deep);
            return _schema is null
                ? answer.RootElement.ValueKind == JsonValueKind.Object ? null : "it is no JSON object"
                : _schema.FirstViolation(answer.RootElement);
        }
        catch (JsonException exception)
        {
            return $"it is no JSON: {exception.Message}";
        }
    }

    private static T Guarded<T>(Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (JsonSchemaException exception)
        {
            throw new JobFailedException(FailureCode.GrammarInvalid, $"The schema cannot be honoured: {exception.Message}", exception);
        }
    }
}
