using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>
/// Builds the grammar of one request: thoughts are free, then come the JSON, the calls, or, where the model may talk instead,
/// text until it opens a call.
/// </summary>
internal sealed class AnswerGrammars
{
    private const string Calls = "calls";
    private const string Answer = "answer";

    private readonly GrammarBuilder _builder = new(new GrammarOptions { MaxLength = new JsonSchemaLimits().MaxGrammarLength });
    private readonly GenerateText _command;
    private readonly OutputForm _form;
    private readonly JsonSchemaDocument? _schema;
    private readonly Thinking _thinking;
    private readonly ToolCallGrammar? _calls;

    /// <exception cref="JsonSchemaException">A strict function's schema cannot be honoured.</exception>
    public AnswerGrammars(GenerateText command, OutputForm form, JsonSchemaDocument? schema, Thinking thinking)
    {
        (_command, _form, _schema, _thinking) = (command, form, schema, thinking);
        _calls = form.HoldsCalls ? ToolCallGrammar.Of(form.Tools, Functions(), form.ParallelCalls) : null;
    }

    private bool IsJson => _command.Output?.Kind is OutputKind.JsonObject or OutputKind.JsonSchema;

    public AnswerGrammar Build()
    {
        if (_calls is null)
        {
            return AfterThought(AddAnswer());
        }

        if (_command.ToolChoice?.Mode == ToolChoiceMode.Required)
        {
            return AfterThought(_calls.Add(_builder, Calls, isOpened: false));
        }

        if (IsJson)
        {
            return AfterThought(_builder.Add("form", $"{AddAnswer()} | {_calls.Add(_builder, Calls, isOpened: false)}"));
        }

        return _calls is { Opening: { } opening, Beginning: "" } && _form.MixesText && _thinking == Thinking.None ? FromOpening(_calls, opening) : AfterThought(AddTalk(_calls));
    }

    private string AddAnswer() => _schema is null ? _builder.Add(Answer, _builder.AnyObject()) : _builder.AddSchema(Answer, _schema);

    // The model talks as freely as without a grammar, until it opens a call.
    private AnswerGrammar FromOpening(ToolCallGrammar calls, string opening)
    {
        _builder.Add("root", calls.Add(_builder, Calls, isOpened: false));
        return new AnswerGrammar(_builder.Build(), [opening]);
    }

    private string AddTalk(ToolCallGrammar calls)
    {
        var markers = _form.Reasoning is { } reasoning && _thinking == Thinking.Possible ? [Regex.Escape(reasoning.Start)] : Array.Empty<string>();
        string[] silent = calls.Beginning.Length > 0 ? [calls.Beginning, .. markers] : markers;
        if (calls.Opening is not { } opening)
        {
            return _builder.Add("talk", $"{calls.Add(_builder, Calls, isOpened: false)} | {_builder.AddTextWithout("free", silent)}");
        }

        var free = _builder.AddTextWithout("free", [Regex.Escape(opening), .. silent]);
        if (!_form.MixesText)
        {
            return _builder.Add("talk", $"{calls.Add(_builder, Calls, isOpened: false)} | {free}");
        }

        var opened = calls.Add(_builder, Calls, isOpened: true);
        var bare = calls.Beginning.Length > 0 ? $"{opened} | " : "";
        return _builder.Add("talk", $"{bare}{_builder.AddTextUntil("opened", opening, silent, opened)} | {free}");
    }

    private AnswerGrammar AfterThought(string body)
    {
        if (_form.Reasoning is not { } reasoning || _thinking == Thinking.None)
        {
            _builder.Add("root", body);
            return new AnswerGrammar(_builder.Build(), []);
        }

        var after = _builder.Add("after-thought", $"[\\n]{{0,3}} {body}");
        var thought = _builder.AddTextUntil("thought", reasoning.End, [], after);
        _builder.Add("root", _thinking == Thinking.Open ? thought : $"{GrammarBuilder.Literal(reasoning.Start)} {thought} | {body}");
        return new AnswerGrammar(_builder.Build(), []);
    }

    private List<(string Name, JsonSchemaDocument? Arguments)> Functions() =>
        [.. (_command.Tools ?? []).Where(tool => _form.ToolNames.Contains(tool.Name)).Select(tool => (tool.Name, Arguments(tool)))];

    // Null: any object. A schema that is not strict and cannot be honoured was only told to the model.
    private static JsonSchemaDocument? Arguments(ToolDefinition tool)
    {
        try
        {
            return tool.Parameters is { } parameters
                ? JsonSchemaDocument.ParseObject(JsonElement.Parse(parameters, new JsonDocumentOptions { MaxDepth = 512 }), tool.Strict)
                : JsonSchemaDocument.Parse(JsonElement.Parse("""{"const":{}}"""));
        }
        catch (JsonSchemaException) when (!tool.Strict)
        {
            return null;
        }
    }
}
