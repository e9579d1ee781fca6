using System.Text;

namespace LocalAI.Pipeline.Backends.Llama.Reranking;

/// <summary>Puts a query and a document into a model's own text; a placeholder inside either stays what it is.</summary>
internal static class RerankTemplate
{
    private const string Query = "{query}";
    private const string Document = "{document}";

    internal static string Render(string template, string query, string document)
    {
        var rendered = new StringBuilder(template.Length + query.Length + document.Length);
        for (int at = 0; at < template.Length;)
        {
            ReadOnlySpan<char> rest = template.AsSpan(at);
            if (rest.StartsWith(Query, StringComparison.Ordinal))
            {
                rendered.Append(query);
                at += Query.Length;
            }
            else if (rest.StartsWith(Document, StringComparison.Ordinal))
            {
                rendered.Append(document);
                at += Document.Length;
            }
            else
            {
                rendered.Append(template[at++]);
            }
        }
        return rendered.ToString();
    }
}
