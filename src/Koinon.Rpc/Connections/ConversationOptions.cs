namespace Koinon.Rpc.Connections;

/// <summary>How long a connection that stays is waited for.</summary>
public sealed record ConversationOptions
{
    /// <summary>Measures the waiting.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often a caller is asked for a sign of life, and how long it may take to give it.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Why a connection ends whose message took longer.</summary>
    internal string LateMessage => $"message not complete within {MessageTimeout.TotalSeconds} s";

    /// <summary>How long a caller that reads too slowly is given to read why its connection ends.</summary>
    public TimeSpan CloseGrace { get; init; } = TimeSpan.FromSeconds(10);
}
