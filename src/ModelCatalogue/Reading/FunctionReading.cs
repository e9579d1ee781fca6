namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads <c>function</c>.</summary>
internal static class FunctionReading
{
    public static FunctionSettings Read(ModelSection function)
    {
        var read = new FunctionSettings
        {
            Format = function.Text("format"),
            DisableNoAction = function.Flag("disable_no_action") ?? false,
            NoActionFunctionName = function.Text("no_action_function_name"),
            NoActionDescription = function.Text("no_action_description_name"),
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
            Grammar = ReadGrammar(function.Section("grammar")),
        };
        function.WarnUnknown();
        return read;
    }

    private static GrammarSettings ReadGrammar(ModelSection grammar)
    {
        var read = new GrammarSettings
        {
            Disable = grammar.Flag("disable") ?? false,
            ParallelCalls = grammar.Flag("parallel_calls") ?? false,
            MixedMode = grammar.Flag("mixed_mode") ?? false,
            NoMixedFreeString = grammar.Flag("no_mixed_free_string") ?? false,
            DisableParallelNewLines = grammar.Flag("disable_parallel_new_lines") ?? false,
            Prefix = grammar.Text("prefix"),
            ExpectStringsAfterJson = grammar.Flag("expect_strings_after_json") ?? false,
            PropertiesOrder = grammar.Text("properties_order"),
            SchemaType = grammar.Text("schema_type"),
            Triggers = ReadTriggers(grammar),
        };
        grammar.WarnUnknown();
        return read;
    }

    private static List<string> ReadTriggers(ModelSection grammar)
    {
        var words = new List<string>();
        foreach (var trigger in grammar.Sections("triggers"))
        {
            if (trigger.Text("word") is { } word)
            {
                words.Add(word);
            }

            trigger.WarnUnknown();
        }

        return words;
    }
}
