using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Evm.Journal;

// The logs of the running transaction, their data one after another in a buffer.
internal sealed partial class JournaledState
{
    private LogRecord[] _logs = new LogRecord[8];
    private int _logCount;
    private byte[] _logBytes = new byte[1_024];
    private int _logByteCount;

    /// <summary>How many logs stand.</summary>
    internal int LogCount => _logCount;

    /// <summary>The log written last.</summary>
    internal ref LogRecord LastLog => ref _logs[_logCount - 1];

    /// <summary>Adds a log and copies its data.</summary>
    internal ref LogRecord AddLog(in Address address, ReadOnlySpan<byte> data)
    {
        if (_logCount == _logs.Length)
        {
            Array.Resize(ref _logs, 2 * _logs.Length);
        }

        if (_logBytes.Length - _logByteCount < data.Length)
        {
            Array.Resize(ref _logBytes, Math.Max(2 * _logBytes.Length, _logByteCount + data.Length));
        }

        data.CopyTo(_logBytes.AsSpan(_logByteCount));
        ref LogRecord log = ref _logs[_logCount++];
        log.Address = address;
        log.TopicCount = 0;
        log.DataStart = _logByteCount;
        log.DataLength = data.Length;
        _logByteCount += data.Length;
        return ref log;
    }

    /// <summary>The logs as objects of their own.</summary>
    internal Log[] CollectLogs()
    {
        if (_logCount == 0)
        {
            return [];
        }

        var logs = new Log[_logCount];
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] = ToLog(_logs[i]);
        }

        return logs;
    }

    /// <summary>The data of a log that stands.</summary>
    internal ReadOnlySpan<byte> LogData(in LogRecord log) => _logBytes.AsSpan(log.DataStart, log.DataLength);

    private Log ToLog(in LogRecord record)
    {
        ReadOnlySpan<Hash256> all = [record.Topic0, record.Topic1, record.Topic2, record.Topic3];
        return new Log(record.Address, all[..record.TopicCount].ToArray(), LogData(record).ToArray());
    }
}
