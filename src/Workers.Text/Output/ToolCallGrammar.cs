using System.Globalization;
using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Writes calls as the model's own format has them and its reader takes them: the grammar beside <see cref="ToolCallReader"/>.</summary>
internal abstract class ToolCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
{
    /// <summary>The marker that opens calls anywhere in the text; null: only an answer that begins as a call is one.</summary>
    public virtual string? Opening => null;

    /// <summary>A regular expression for what only a call without <see cref="Opening"/> begins with; empty: there is none.</summary>
    public virtual string Beginning => "";

    protected IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> Functions => functions;

    protected bool IsParallel => parallel;

    public static ToolCallGrammar Of(ToolCallFormat format, IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel) => format switch
    {
        ToolCallFormat.Hermes => new HermesCallGrammar(functions, parallel),
        ToolCallFormat.Mistral => new MistralCallGrammar(functions, parallel),
        ToolCallFormat.Llama3Json => new LlamaCallGrammar(functions, parallel),
        ToolCallFormat.GenericJson => new GenericCallGrammar(functions, parallel),
        _ => throw new InvalidOperationException("A request without tools has no calls to write."),
    };

    /// <summary>Adds a rule for at least one call.</summary>
    /// <param name="builder">Takes the rules.</param>
    /// <param name="name">The rule's name.</param>
    /// <param name="isOpened">The <see cref="Opening"/> is there already.</param>
    /// <returns>The rule's name.</returns>
    public abstract string Add(GrammarBuilder builder, string name, bool isOpened);

    /// <summary>The names of the functions as a part of a regular expression.</summary>
    protected string NamesExpression => $"(?:{string.Join('|', functions.Select(function => System.Text.RegularExpressions.Regex.Escape(function.Name)))})";

    /// <summary>Adds a rule for one call as an object: its name, then its arguments.</summary>
    /// <param name="tail">What may follow the arguments inside the object.</param>
    protected string AddObject(GrammarBuilder builder, string argumentsKey, string head = "", string tail = "")
    {
        var calls = functions.Select((function, i) =>
            $"\"{{\" {head} \"\\\"name\\\":\" {builder.Space} {GrammarBuilder.Literal($"\"{function.Name}\"")} \",\" {builder.Space}"
            + $" {GrammarBuilder.Literal($"\"{argumentsKey}\":")} {builder.Space} {AddArguments(builder, i)} {tail} \"}}\"");
        return builder.Add("call", string.Join(" | ", calls));
    }

    protected string AddArguments(GrammarBuilder builder, int function)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"arguments-{function}");
        return functions[function].Arguments is { } schema ? builder.AddSchema(name, schema) : builder.Add(name, builder.AnyObject());
    }

    /// <summary>One item, or several where the request allows it.</summary>
    protected string Some(GrammarBuilder builder, string item, string separator)
    {
        if (!parallel)
        {
            return item;
        }

        var further = builder.Add("further-call", $"{separator} {item}");
        return string.Create(CultureInfo.InvariantCulture, $"{item} {further}{{0,{OutputLimits.Calls - 1}}}");
    }
}
