namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads <c>function</c>. What its keys ask for is done, makes no difference here, or is a mistake: a model that calls in another way than its file says would be worse.</summary>
internal static class FunctionReading
{
    private static readonly (string Mark, string Format)[] Marks = [("<tool_call>", "hermes"), ("[TOOL_CALLS]", "mistral"), ("<|python_tag|>", "llama3")];

    public static FunctionSettings Read(ModelSection function)
    {
        var grammar = function.Section("grammar");
        var format = function.Choice("format", "hermes", "llama3", "mistral", "json") ?? FormatOf(grammar);
        var read = new FunctionSettings
        {
            Format = format,
            FunctionNameKey = function.Text("function_name_key"),
            FunctionArgumentsKey = function.Text("function_arguments_key"),
            ResponseRegex = RegexReading.Patterns(function, "response_regex"),
            ArgumentRegex = RegexReading.Patterns(function, "argument_regex"),
            ArgumentRegexKeyName = function.Text("argument_regex_key_name"),
            ArgumentRegexValueName = function.Text("argument_regex_value_name"),
            JsonRegexMatch = RegexReading.Patterns(function, "json_regex_match"),
            ReplaceFunctionResults = RegexReading.Replacements(function, "replace_function_results"),
            ReplaceAnswer = RegexReading.Replacements(function, "replace_llm_results"),
            CaptureAnswer = RegexReading.Patterns(function, "capture_llm_results"),
            Grammar = ReadGrammar(grammar, function),
        };
        // No function that means "just answer" is ever offered: a model that need not call may say what it wants.
        _ = function.Flag("disable_no_action");
        Refuse(function, "no_action_function_name", "is not possible: a model may always answer in words, and no function is offered for it");
        Refuse(function, "no_action_description_name", "is not possible: a model may always answer in words, and no function is offered for it");
        Refuse(function, "xml_format", "is not possible: calls in XML are not read");
        Refuse(function, "xml_format_preset", "is not possible: calls in XML are not read");
        function.Unused("automatic_tool_parsing_fallback", "disable_peg_parser", "return_name_in_function_response");
        function.WarnUnknown();
        return read;
    }

    // The older places of two keys are beside the section.
    private static GrammarSettings ReadGrammar(ModelSection grammar, ModelSection function)
    {
        var read = new GrammarSettings
        {
            Disable = grammar.Flag("disable") ?? function.Flag("no_grammar") ?? false,
            ParallelCalls = grammar.Flag("parallel_calls") ?? function.Flag("parallel_calls"),
            NoMixedFreeString = grammar.Flag("no_mixed_free_string") ?? false,
        };
        // Text beside calls is what happens without it.
        _ = grammar.Flag("mixed_mode");
        if (grammar.Entry("properties_order") is { } order && grammar.TextOf(order)?.Replace(" ", "", StringComparison.Ordinal) is not (null or "name,arguments"))
        {
            grammar.Findings.Mistake(order, grammar.PathOf(order.Key), "is not possible: calls are written as name,arguments");
        }

        grammar.Unused("disable_parallel_new_lines", "expect_strings_after_json");
        grammar.WarnUnknown();
        return read;
    }

    /// <summary>The family whose marks the grammar's own words are.</summary>
    private static string? FormatOf(ModelSection grammar)
    {
        var format = (string?)null;
        if (grammar.Entry("prefix") is { } prefix && grammar.TextOf(prefix) is { } text)
        {
            format = Known(grammar, prefix, text.Trim());
        }

        foreach (var trigger in grammar.Sections("triggers"))
        {
            if (trigger.Entry("word") is { } word && trigger.TextOf(word) is { } mark)
            {
                format = Known(trigger, word, mark.Trim());
            }

            trigger.WarnUnknown();
        }

        if (grammar.Entry("schema_type") is { } type && grammar.TextOf(type) is { } name)
        {
            if (name != "json")
            {
                grammar.Findings.Mistake(type, grammar.PathOf(type.Key), $"is {name}, but only json is possible: find other calls with function.response_regex");
            }

            return format ?? "json";
        }

        return format;
    }

    private static string? Known(ModelSection section, Yaml.YamlEntry entry, string mark)
    {
        if (Marks.FirstOrDefault(known => known.Mark == mark).Format is { } format)
        {
            return format;
        }

        section.Findings.Mistake(entry, section.PathOf(entry.Key), $"is {mark}, but calls are held to a grammar only behind {string.Join(", ", Marks.Select(known => known.Mark))}");
        return null;
    }

    private static void Refuse(ModelSection section, string key, string reason)
    {
        if (section.Entry(key) is { } entry)
        {
            section.Findings.Mistake(entry, section.PathOf(key), reason);
        }
    }
}
