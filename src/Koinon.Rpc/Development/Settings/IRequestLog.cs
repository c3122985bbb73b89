namespace Koinon.Rpc.Development.Settings;

/// <summary>What a development chain prints of requests and blocks.</summary>
public interface IRequestLog
{
    /// <summary>Whether it prints.</summary>
    bool IsEnabled { get; set; }

    /// <summary>A method was asked.</summary>
    void Ask(string method);
}
