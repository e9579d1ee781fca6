namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The format of a model's tool calls, known by the markers that its own chat template writes.</summary>
internal static class ToolFormatDetection
{
    public static ToolCallFormat FromTemplate(string chatTemplate)
    {
        if (Has(chatTemplate, HermesCallReader.Opening)) return ToolCallFormat.Hermes;
        if (Has(chatTemplate, MistralCallReader.Opening)) return ToolCallFormat.Mistral;
        if (Has(chatTemplate, LlamaCallReader.Opening)) return ToolCallFormat.Llama3Json;
        if (Has(chatTemplate, "<|start_header_id|>") && Has(chatTemplate, "\"parameters\":")) return ToolCallFormat.Llama3Json;
        return ToolCallFormat.GenericJson;
    }

    private static bool Has(string template, string marker) => template.Contains(marker, StringComparison.Ordinal);
}
