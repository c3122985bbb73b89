using System.Globalization;
using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>Why an exchange with a remote node gave nothing, for a reason that may pass.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Wait">How long the remote wants to be left alone, where it says so.</param>
/// <param name="IsRateLimit">Whether it was asked too often.</param>
/// <param name="IsBatchSize">Whether nothing but the size of a batch was wrong, which is smaller next time.</param>
internal sealed record RemoteFault(
    string Reason, TimeSpan? Wait = null, bool IsRateLimit = false, bool IsBatchSize = false)
{
    /// <summary>The longest wait that a remote is granted; who wants more is given up.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    // The codes that providers use for "too often"; 429 of HTTP stands in the body of some.
    private static readonly int[] RateLimitCodes = [429, -32005, -32029, -32090, -32097];

    private static readonly string[] RateLimitTexts =
    [
        "rate limit", "rate-limit", "ratelimit", "too many requests", "too many connections", "request limit",
        "compute units per second", "throughput", "capacity exceeded", "call rate", "credits", "quota",
    ];

    // What a node says that is behind its siblings, or busy.
    private static readonly string[] PassingTexts =
    [
        "header not found", "temporarily unavailable", "try again", "backend is unhealthy", "no backends available",
        "upstream request timeout", "service unavailable", "gateway",
    ];

    private static readonly string[] RangeTexts = ["range", "more than", "results", "block limit", "response size"];

    private static readonly string[] MissingStateTexts =
    [
        "missing trie node", "state not available", "state is not available", "state unavailable", "pruned",
        "historical state", "state histories", "no longer kept", "required historical", "archive",
        "distance to target block exceeds", "state at block", "old data not available", "is not kept",
    ];

    /// <summary>Whether an error says that a state is no longer kept.</summary>
    public static bool IsMissingState(RpcError error) => Contains(error.Message, MissingStateTexts);

    /// <summary>The fault that an error of the remote stands for; <see langword="null"/> where it is an answer.
    /// </summary>
    public static RemoteFault? Of(RpcError error)
    {
        bool isRange = Contains(error.Message, RangeTexts);
        if (!isRange && (Array.IndexOf(RateLimitCodes, error.Code) >= 0 || Contains(error.Message, RateLimitTexts)))
        {
            return new RemoteFault(error.Message, WaitOf(error), IsRateLimit: true);
        }

        bool passes = !IsMissingState(error) && Contains(error.Message, PassingTexts);
        return passes ? new RemoteFault(error.Message, WaitOf(error)) : null;
    }

    /// <summary>Whether a text holds one of some words, in any case of letters.</summary>
    internal static bool Contains(string text, IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The wait that an error asks for: <c>data.rate.backoff_seconds</c>, <c>data.try_again_in</c>.</summary>
    private static TimeSpan? WaitOf(RpcError error)
    {
        if (error.JsonData is not { } bytes)
        {
            return null;
        }

        using JsonDocument data = JsonDocument.Parse(bytes);
        JsonElement root = data.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("rate", out JsonElement rate) && rate.ValueKind == JsonValueKind.Object
            && rate.TryGetProperty("backoff_seconds", out JsonElement backoff)
            && backoff.ValueKind == JsonValueKind.Number)
        {
            return Bounded(backoff.GetDouble());
        }

        return root.TryGetProperty("try_again_in", out JsonElement again)
            && again.ValueKind == JsonValueKind.String
            && SecondsOf(again.GetString()!) is { } seconds
                ? Bounded(seconds)
                : null;
    }

    private static double? SecondsOf(string text)
    {
        double scale = text.EndsWith("ms", StringComparison.Ordinal) ? 0.001 : 1;
        return double.TryParse(text.TrimEnd('m', 's'), NumberStyles.Float, CultureInfo.InvariantCulture, out double n)
            ? n * scale
            : null;
    }

    /// <summary>A wait, bounded.</summary>
    internal static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > WaitMax ? WaitMax : wait;

    private static TimeSpan Bounded(double seconds) =>
        Bounded(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, WaitMax.TotalSeconds)));
}
