namespace Koinon.Node.Metrics;

/// <summary>The labels of a series: at most two.</summary>
internal readonly record struct MetricLabels
{
    private readonly string? _name0;
    private readonly string? _value0;
    private readonly string? _name1;
    private readonly string? _value1;

    public MetricLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length > 0)
        {
            (_name0, _value0) = (tags[0].Key, tags[0].Value as string ?? tags[0].Value?.ToString());
        }

        if (tags.Length > 1)
        {
            (_name1, _value1) = (tags[1].Key, tags[1].Value as string ?? tags[1].Value?.ToString());
        }
    }

    /// <summary>The labels in braces, with one more where it is not empty; nothing where there is none.</summary>
    public string Braced(string more)
    {
        string[] parts =
        [
            .. _name0 is null ? [] : (string[])[$"{NameOf(_name0)}=\"{Escape(_value0)}\""],
            .. _name1 is null ? [] : (string[])[$"{NameOf(_name1)}=\"{Escape(_value1)}\""],
            .. more.Length == 0 ? [] : (string[])[more],
        ];
        return parts.Length == 0 ? "" : "{" + string.Join(',', parts) + "}";
    }

    /// <summary>Prometheus has no dots in names.</summary>
    private static string NameOf(string name) => name.Replace('.', '_');

    private static string Escape(string? value) => (value ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
