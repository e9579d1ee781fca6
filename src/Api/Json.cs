using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalAI.Pipeline.Api;

/// <summary>How this room writes JSON.</summary>
internal static class Json
{
    /// <summary>Text stays readable: answers are application/json, never part of a page. The shape is right by construction.</summary>
    public static readonly JsonWriterOptions Output = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
