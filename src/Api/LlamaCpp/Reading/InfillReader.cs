using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary><c>POST /infill</c>: a completion's fields, with <c>input_prefix</c>, <c>input_suffix</c> and <c>input_extra</c> around the gap.</summary>
internal static class InfillReader
{
    private const int MaxFiles = 256;
    private const int LongestName = 1024;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static LlamaCompletionRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var prefix = fields.RequiredText("input_prefix");
        var suffix = fields.RequiredText("input_suffix");
        var files = (fields.Items("input_extra", MaxFiles) ?? []).Select(item => File(new FieldReader(item.Value, item.Path))).ToList();
        var infill = new LlamaInfill(suffix, fields.Text("prompt"), files);
        return LlamaCompletionReader.Read(fields, [new LlamaPrompt([new TokenInput { Text = prefix }])], infill);
    }

    private static InfillFile File(FieldReader fields)
    {
        // The name that llama.cpp's server takes where there is none.
        var file = new InfillFile { Name = fields.Text("filename", LongestName) ?? "tmp", Text = fields.RequiredText("text") };
        fields.RefuseOthers();
        return file;
    }
}
